package backout.chat.console.web;

import backout.chat.ChatRequest;
import backout.chat.Form;
import backout.chat.Message;
import backout.chat.Place;
import backout.chat.Press;
import backout.frontdesk.Answerer;
import backout.frontdesk.Bot;
import backout.frontdesk.Conversation;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.RunId;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Hands what people type, press and fill in to the front desk, and tells them what came of it. Each
 * returns the id of the element that shows that.
 */
final class Requests implements AutoCloseable {
    /** Where cards of runs are kept that were asked for here. */
    static final Place PLACE = Place.CONSOLE;

    /** Inputs of a form come under this name and their key. */
    static final String VALUE = "value-";

    private final Bot bot;
    private final ExecutorService looking = Executors.newVirtualThreadPerTaskExecutor();
    private final Conversation conversation;

    Requests(Bot bot) {
        this.bot = bot;
        this.conversation = new Conversation(bot::take, looking);
    }

    /** Words as they were typed, with or without {@code /rollback} before them. */
    String say(Session session, Map<String, String> sent) {
        String because = sent.getOrDefault("because", "").strip();
        String words =
                Suggestions.words(sent.getOrDefault("words", ""))
                        + (because.isEmpty() ? "" : " because " + because);
        return once(
                session,
                sent,
                words,
                delivery -> new ChatRequest.Typed(delivery, session.person(), PLACE, words));
    }

    String press(Session session, Map<String, String> sent) throws Refused {
        Press press =
                Press.of(sent.getOrDefault("press", ""))
                        .orElseThrow(() ->
                                new Refused(
                                        400,
                                        Phrase.of("no button of this console"),
                                        Phrase.of("load the page again")));
        return once(
                session,
                sent,
                press.action() + " " + press.run(),
                delivery -> new ChatRequest.Pressed(delivery, session.person(), PLACE, press));
    }

    /** A form that was asked for earlier; what was filled in stays when it is not enough. */
    String fill(Session session, Map<String, String> sent) throws Refused {
        String id = sent.getOrDefault("notice", "");
        if (!(session.notice(id).map(Notice::body).orElse(null)
                instanceof Notice.Body.Ask(Form form, Map<String, String> _, List<Problem> _))) {
            // sent twice: the first one took the form away
            return session.once(delivery(session, sent), () -> "notices");
        }
        var values = new HashMap<String, String>();
        form.inputs()
                .forEach(input -> {
                    String value = sent.getOrDefault(VALUE + input.key(), "").strip();
                    if (!value.isEmpty()) {
                        values.put(input.key(), value);
                    }
                });
        return session.once(delivery(session, sent), () -> fill(session, id, form, values, sent));
    }

    private String fill(
            Session session,
            String id,
            Form form,
            Map<String, String> values,
            Map<String, String> sent) {
        var missing =
                form.inputs().stream()
                        .filter(input -> !input.optional() && !values.containsKey(input.key()))
                        .toList();
        if (!missing.isEmpty()) {
            var problem =
                    Problem.of(
                            Phrase.of("\"{0}\" is empty", missing.getFirst().label()),
                            Phrase.of("fill it in"));
            session.change(id, new Notice.Body.Ask(form, values, List.of(problem)));
            return id;
        }
        var request =
                new ChatRequest.Submitted(
                        delivery(session, sent),
                        session.person(),
                        PLACE,
                        form.words(),
                        form.plan(),
                        values);
        var answerer = new Noticed(session, form.words());
        conversation.take(session.person(), () -> request, answerer.ofForm(id, form, values));
        return answerer.shown();
    }

    private String once(
            Session session,
            Map<String, String> sent,
            String words,
            Function<String, ChatRequest> request) {
        String delivery = delivery(session, sent);
        return session.once(
                delivery,
                () -> {
                    var answerer = new Noticed(session, words);
                    conversation.take(session.person(), () -> request.apply(delivery), answerer);
                    return answerer.shown();
                });
    }

    /** One person's delivery is never another's, whatever their browsers send. */
    private static String delivery(Session session, Map<String, String> sent) {
        return "web-" + session.person() + "-" + sent.getOrDefault("delivery", "");
    }

    /** In one notice, whatever there is to tell. */
    private final class Noticed implements Answerer {
        private final Session session;
        private final String words;
        private String notice = "";
        private String shown = "";
        private Optional<Notice.Body.Ask> form = Optional.empty();

        Noticed(Session session, String words) {
            this.session = session;
            this.words = words;
        }

        /** A form stays with what was filled in while it is refused; else it goes. */
        Noticed ofForm(String id, Form asked, Map<String, String> values) {
            notice = id;
            shown = id;
            form = Optional.of(new Notice.Body.Ask(asked, values, List.of()));
            return this;
        }

        /** The id of the element that shows it. */
        String shown() {
            return shown;
        }

        private void show(Notice.Body body) {
            if (form.isPresent()) {
                session.dismiss(notice);
                form = Optional.empty();
                notice = "";
            }
            if (notice.isEmpty()) {
                notice = session.tell(bot.clock().instant(), words, body).id();
                shown = notice;
            } else {
                session.change(notice, body);
            }
        }

        @Override
        public void tell(Message message) {
            show(new Notice.Body.Answer(message));
        }

        @Override
        public void refuse(List<Problem> problems) {
            form.ifPresentOrElse(
                    asked ->
                            session.change(
                                    notice,
                                    new Notice.Body.Ask(asked.form(), asked.values(), problems)),
                    () -> show(new Notice.Body.Refusal(problems)));
        }

        @Override
        public void promise(Phrase said) {
            show(new Notice.Body.Waiting(said));
        }

        @Override
        public void lead(RunId run, Phrase said) {
            show(new Notice.Body.Said(said, run));
            shown = "run-" + run;
        }

        @Override
        public void ask(Form asked, Problem otherwise) {
            show(new Notice.Body.Ask(asked, Map.of(), List.of()));
        }
    }

    /** Answers that are still looked for are not waited for. */
    @Override
    public void close() {
        var _ = looking.shutdownNow();
    }
}
