package backout.chat.console.web;

import backout.chat.ChatRequest;
import backout.chat.Form;
import backout.chat.Message;
import backout.chat.Place;
import backout.chat.Press;
import backout.frontdesk.Bot;
import backout.frontdesk.Reply;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.RunId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Hands what people type, press and fill in to the front desk, and tells them what came of it. Each
 * returns the id of the element that shows that.
 */
final class Requests implements AutoCloseable {
    /** Where cards of runs are kept that were asked for here. */
    static final Place PLACE = Place.CONSOLE;

    /** Inputs of a form come under this name and their key. */
    static final String VALUE = "value-";

    private static final Logger log = LoggerFactory.getLogger(Requests.class);

    private final Bot bot;
    private final ExecutorService looking = Executors.newVirtualThreadPerTaskExecutor();

    Requests(Bot bot) {
        this.bot = bot;
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
                form.inputs().stream().filter(input -> !values.containsKey(input.key())).toList();
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
        try {
            Reply reply = bot.take(request);
            session.dismiss(id);
            return tell(session, form.words(), reply);
        } catch (ProblemException e) {
            session.change(id, new Notice.Body.Ask(form, values, e.problems()));
            return id;
        }
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
                    try {
                        return tell(session, words, bot.take(request.apply(delivery)));
                    } catch (ProblemException e) {
                        return tell(session, words, new Notice.Body.Refusal(e.problems()));
                    }
                });
    }

    /** One person's delivery is never another's, whatever their browsers send. */
    private static String delivery(Session session, Map<String, String> sent) {
        return "web-" + session.person() + "-" + sent.getOrDefault("delivery", "");
    }

    private String tell(Session session, String words, Reply reply) {
        return switch (reply) {
            case Reply.Told(Message message) ->
                    tell(session, words, new Notice.Body.Answer(message));
            case Reply.OfTarget(var _, Message message) ->
                    tell(session, words, new Notice.Body.Answer(message));
            case Reply.Ask(Form form, Problem _) ->
                    tell(session, words, new Notice.Body.Ask(form, Map.of(), List.of()));
            case Reply.OfRun(RunId run, Phrase said) -> {
                var _ = tell(session, words, new Notice.Body.Said(said, run));
                yield "run-" + run;
            }
            case Reply.Later(Phrase said, Supplier<Message> answer) ->
                    later(session, words, said, answer);
        };
    }

    private String tell(Session session, String words, Notice.Body body) {
        return session.tell(bot.clock().instant(), words, body).id();
    }

    private String later(Session session, String words, Phrase said, Supplier<Message> answer) {
        String id = tell(session, words, new Notice.Body.Waiting(said));
        try {
            looking.execute(() -> session.change(id, answered(answer)));
        } catch (RejectedExecutionException e) {
            session.change(id, refusal(Phrase.of("the console is closing")));
        }
        return id;
    }

    private static Notice.Body answered(Supplier<Message> answer) {
        try {
            return new Notice.Body.Answer(answer.get());
        } catch (ProblemException e) {
            return new Notice.Body.Refusal(e.problems());
        } catch (RuntimeException e) {
            log.error("an answer could not be made: our own fault", e);
            return refusal(Phrase.of("Backout itself stumbled; its log says where"));
        }
    }

    private static Notice.Body refusal(Phrase what) {
        return new Notice.Body.Refusal(
                List.of(
                        Problem.of(
                                what, Phrase.of("nothing was changed; say it again in a moment"))));
    }

    /** Answers that are still looked for are not waited for. */
    @Override
    public void close() {
        var _ = looking.shutdownNow();
    }
}
