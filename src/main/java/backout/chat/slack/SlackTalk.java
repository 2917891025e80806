package backout.chat.slack;

import backout.chat.Block;
import backout.chat.ChatRequest;
import backout.chat.Form;
import backout.chat.Message;
import backout.chat.Place;
import backout.chat.Press;
import backout.chat.slack.Whispers.Asker;
import backout.frontdesk.Reply;
import backout.language.Phrase;
import backout.plan.Sha256;
import backout.problem.Problem;
import backout.problem.ProblemException;

import com.google.gson.JsonObject;
import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.context.Context;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.request.builtin.SlashCommandRequest;
import com.slack.api.bolt.request.builtin.ViewSubmissionRequest;
import com.slack.api.bolt.response.Response;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What Slack says, as requests for the front desk, and its replies as answers to Slack: at once
 * what is known at once, the rest by a thread of its own.
 */
final class SlackTalk implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SlackTalk.class);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Problem OUR_FAULT =
            Problem.of(
                    Phrase.of(
                            "this is a fault of Backout, and whether anything was done cannot be"
                                    + " said here"),
                    Phrase.of("see /rollback status; the log of the bot says more"));

    private final SlackPeople people;
    private final SlackReaders readers;
    private final Function<ChatRequest, Reply> desk;
    private final Whispers whispers;
    private final SlackDialogs dialogs;
    private final Unformatted unformatted;
    private final ExecutorService aside = Executors.newVirtualThreadPerTaskExecutor();

    SlackTalk(
            SlackPeople people,
            SlackReaders readers,
            Function<ChatRequest, Reply> desk,
            Whispers whispers,
            SlackApi api) {
        this.people = people;
        this.readers = readers;
        this.desk = desk;
        this.whispers = whispers;
        this.dialogs = new SlackDialogs(api, readers);
        this.unformatted = new Unformatted(people::name);
    }

    /** {@code /rollback …}: the answer is the acknowledgement itself. */
    Response typed(SlashCommandRequest request, Context context) {
        SlashCommandPayload said = request.getPayload();
        var asker = asker(said.getUserId(), said.getChannelId(), said.getResponseUrl());
        String delivery = delivery(said.getTriggerId(), request.getRequestBodyAsString());
        String text = unformatted.text(orEmpty(said.getText()));
        Optional<Message> answer =
                answered(
                        asker,
                        orEmpty(said.getTriggerId()),
                        person -> new ChatRequest.Typed(delivery, person, place(asker), text));
        return answer.map(message -> context.ack(whispers.body(asker, message)))
                .orElseGet(context::ack);
    }

    /** A button: the acknowledgement is empty, the answer follows. */
    Response pressed(BlockActionRequest request, Context context) {
        BlockActionPayload said = request.getPayload();
        String channel = said.getChannel() == null ? "" : said.getChannel().getId();
        var asker = asker(said.getUser().getId(), channel, said.getResponseUrl());
        Optional<Press> press = press(said.getActions());
        if (press.isEmpty()) {
            return context.ack();
        }
        String delivery = delivery(said.getTriggerId(), request.getRequestBodyAsString());
        answered(
                        asker,
                        orEmpty(said.getTriggerId()),
                        person ->
                                new ChatRequest.Pressed(
                                        delivery, person, place(asker), press.get()))
                .ifPresent(message -> aside(() -> whispers.tell(asker, message)));
        return context.ack();
    }

    private static Optional<Press> press(List<BlockActionPayload.Action> actions) {
        if (actions == null || actions.size() != 1) {
            return Optional.empty();
        }
        var action = actions.getFirst();
        String value =
                action.getSelectedOption() == null
                        ? action.getValue()
                        : action.getSelectedOption().getValue();
        return Press.of(orEmpty(value));
    }

    /** What to tell at once; empty where something else is under way. */
    private Optional<Message> answered(
            Asker asker, String trigger, Function<String, ChatRequest> request) {
        try {
            Reply reply = desk.apply(request.apply(people.person(asker.user())));
            return switch (reply) {
                case Reply.Told(Message message) -> Optional.of(message);
                case Reply.OfTarget(var _, Message message) -> Optional.of(message);
                case Reply.OfRun(var _, Phrase said) -> Optional.of(line(said));
                case Reply.Later(Phrase said, Supplier<Message> answer) -> {
                    aside(() -> tellLater(asker, answer));
                    yield Optional.of(line(said));
                }
                case Reply.Ask(Form form, Problem otherwise) -> {
                    aside(() -> open(asker, trigger, form, otherwise));
                    yield Optional.empty();
                }
            };
        } catch (ProblemException e) {
            return Optional.of(refusal(e.problem()));
        } catch (RuntimeException e) {
            log.error("what Slack user {} did could not be worked on", asker.user(), e);
            return Optional.of(refusal(OUR_FAULT));
        }
    }

    private void tellLater(Asker asker, Supplier<Message> answer) {
        Message message;
        try {
            message = answer.get();
        } catch (ProblemException e) {
            message = refusal(e.problem());
        } catch (RuntimeException e) {
            log.error("an answer for Slack user {} could not be made", asker.user(), e);
            message = refusal(OUR_FAULT);
        }
        whispers.tell(asker, message);
    }

    private void open(Asker asker, String trigger, Form form, Problem otherwise) {
        if (!dialogs.open(asker, trigger, form)) {
            whispers.tell(asker, refusal(otherwise));
        }
    }

    /** A dialog that was handed in; it stays open with what is wrong written below the input. */
    Response submitted(ViewSubmissionRequest request, Context context) {
        ViewSubmissionPayload said = request.getPayload();
        var view = said.getView();
        var about = SlackForm.about(orEmpty(view.getPrivateMetadata()));
        var asker = asker(said.getUser().getId(), about.channel(), "");
        var values = SlackForm.values(view.getState().getValues());
        try {
            Reply reply =
                    desk.apply(
                            new ChatRequest.Submitted(
                                    delivery(view.getId(), request.getRequestBodyAsString()),
                                    people.person(asker.user()),
                                    place(asker),
                                    about.words(),
                                    about.plan(),
                                    values));
            return submitted(reply, asker, context);
        } catch (ProblemException e) {
            return context.ack(dialogs.errors(view, asker, e.problem()));
        } catch (RuntimeException e) {
            log.error("the dialog of Slack user {} could not be worked on", asker.user(), e);
            return context.ack(dialogs.errors(view, asker, OUR_FAULT));
        }
    }

    private Response submitted(Reply reply, Asker asker, Context context) {
        switch (reply) {
            case Reply.Told(Message message) -> aside(() -> whispers.tell(asker, message));
            case Reply.OfTarget(var _, Message message) ->
                    aside(() -> whispers.tell(asker, message));
            case Reply.OfRun(var _, Phrase said) -> aside(() -> whispers.tell(asker, line(said)));
            case Reply.Later(Phrase _, Supplier<Message> answer) ->
                    aside(() -> tellLater(asker, answer));
            case Reply.Ask(Form form, Problem otherwise) -> {
                Optional<JsonObject> update = dialogs.update(form, asker);
                if (update.isPresent()) {
                    return context.ack(update.get());
                }
                aside(() -> whispers.tell(asker, refusal(otherwise)));
            }
        }
        return context.ack();
    }

    static Message refusal(Problem problem) {
        Phrase says =
                problem.where().isEmpty()
                        ? problem.what()
                        : Phrase.of("{0}: {1}", problem.where(), problem.what());
        var what = new Block.Line(Block.Mark.WARNING, says, Phrase.NONE);
        return new Message(
                problem.phrase(),
                problem.next().isEmpty()
                        ? List.of(new Block.Lines(Phrase.NONE, List.of(what)))
                        : List.of(
                                new Block.Lines(Phrase.NONE, List.of(what)),
                                new Block.Text(Phrase.of("→ {0}", problem.next()))));
    }

    static Message line(Phrase text) {
        return new Message(text, List.of(new Block.Text(text)));
    }

    /** Whose language is not known is asked for while their request is worked on. */
    private Asker asker(String user, @Nullable String channel, @Nullable String url) {
        readers.meet(user);
        return new Asker(user, orEmpty(channel), orEmpty(url));
    }

    private static Place place(Asker asker) {
        return new Place(SlackPeople.CHAT, asker.channel());
    }

    /**
     * The same for what Slack sends again: it keeps the trigger, only time and signature are new.
     */
    private static String delivery(@Nullable String id, String body) {
        String of = id == null || id.isEmpty() ? body : id;
        return SlackPeople.CHAT + ":" + Sha256.of(of).substring(0, 32);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private void aside(Runnable work) {
        aside.execute(work);
    }

    @Override
    public void close() {
        aside.shutdown();
        try {
            if (!aside.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                aside.shutdownNow();
            }
        } catch (InterruptedException e) {
            aside.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
