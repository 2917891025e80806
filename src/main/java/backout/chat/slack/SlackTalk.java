package backout.chat.slack;

import backout.chat.ChatRequest;
import backout.chat.Form;
import backout.chat.Message;
import backout.chat.Place;
import backout.chat.Press;
import backout.chat.slack.Whispers.Asker;
import backout.frontdesk.Answerer;
import backout.frontdesk.Aside;
import backout.frontdesk.Bot;
import backout.frontdesk.Conversation;
import backout.frontdesk.People;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.Sha256;

import com.google.gson.JsonObject;
import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.context.Context;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.request.builtin.SlashCommandRequest;
import com.slack.api.bolt.request.builtin.ViewSubmissionRequest;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.view.View;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What Slack says, as requests for the front desk, and its replies as answers to Slack: at once
 * what is known at once, the rest by a thread of its own.
 */
final class SlackTalk implements AutoCloseable {
    private final People people;
    private final SlackReaders readers;
    private final Conversation conversation;
    private final Whispers whispers;
    private final SlackDialogs dialogs;
    private final Unformatted unformatted;
    private final Aside aside = new Aside();

    SlackTalk(Bot bot, SlackApi api, SlackRoom room, SlackReaders readers) {
        this.people = SlackChat.people(bot.site());
        this.readers = readers;
        this.conversation = new Conversation(bot::take, aside);
        this.whispers = new Whispers(api, room, people, readers);
        this.dialogs = new SlackDialogs(api, readers);
        this.unformatted = new Unformatted(people::name);
    }

    /** {@code /rollback …}: the answer is the acknowledgement itself. */
    Response typed(SlashCommandRequest request, Context context) {
        SlashCommandPayload said = request.getPayload();
        var asker = asker(said.getUserId(), said.getChannelId(), said.getResponseUrl());
        String delivery = delivery(said.getTriggerId(), request.getRequestBodyAsString());
        String text = unformatted.text(orEmpty(said.getText()));
        var answerer = new Acknowledging(asker, orEmpty(said.getTriggerId()));
        take(
                asker,
                person -> new ChatRequest.Typed(delivery, person, place(asker), text),
                answerer);
        return answerer.body().map(context::ack).orElseGet(context::ack);
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
        take(
                asker,
                person -> new ChatRequest.Pressed(delivery, person, place(asker), press.get()),
                new Whispering(asker, orEmpty(said.getTriggerId())));
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

    /** A dialog that was handed in; it stays open with what is wrong written below the input. */
    Response submitted(ViewSubmissionRequest request, Context context) {
        ViewSubmissionPayload said = request.getPayload();
        var view = said.getView();
        var about = SlackForm.about(orEmpty(view.getPrivateMetadata()));
        var asker = asker(said.getUser().getId(), about.channel(), "");
        var values = SlackForm.values(view.getState().getValues());
        String delivery = delivery(view.getId(), request.getRequestBodyAsString());
        var answerer = new InDialog(asker, view);
        take(
                asker,
                person ->
                        new ChatRequest.Submitted(
                                delivery,
                                person,
                                place(asker),
                                about.words(),
                                about.plan(),
                                values),
                answerer);
        return answerer.body().map(context::ack).orElseGet(context::ack);
    }

    private void take(Asker asker, Function<String, ChatRequest> request, Answerer answerer) {
        conversation.take(
                "Slack user " + asker.user(),
                () -> request.apply(people.person(asker.user())),
                answerer);
    }

    /** All of it follows the acknowledgement, which is empty. */
    private class Whispering implements Answerer {
        final Asker asker;
        private final String trigger;

        Whispering(Asker asker, String trigger) {
            this.asker = asker;
            this.trigger = trigger;
        }

        @Override
        public void tell(Message message) {
            aside.execute(() -> whispers.tell(asker, message));
        }

        @Override
        public void ask(Form form, Problem otherwise) {
            aside.execute(() -> {
                if (!dialogs.open(asker, trigger, form)) {
                    whispers.tell(asker, Message.refusal(otherwise));
                }
            });
        }
    }

    /** What is known at once is the acknowledgement itself. */
    private final class Acknowledging extends Whispering {
        private Optional<Message> known = Optional.empty();

        Acknowledging(Asker asker, String trigger) {
            super(asker, trigger);
        }

        @Override
        public void tell(Message message) {
            if (known.isEmpty()) {
                known = Optional.of(message);
            } else {
                super.tell(message);
            }
        }

        Optional<JsonObject> body() {
            return known.map(message -> whispers.body(asker, message));
        }
    }

    /** A dialog stays open with what is wrong, or with what is asked next. */
    private final class InDialog extends Whispering {
        private final View view;
        private Optional<JsonObject> body = Optional.empty();
        private boolean closes;

        InDialog(Asker asker, View view) {
            super(asker, "");
            this.view = view;
        }

        @Override
        public void refuse(List<Problem> problems) {
            if (closes) {
                super.refuse(problems);
            } else {
                body = Optional.of(dialogs.errors(view, asker, problems.getFirst()));
            }
        }

        /** That the dialog closes tells it. */
        @Override
        public void promise(Phrase said) {
            closes = true;
        }

        @Override
        public void ask(Form form, Problem otherwise) {
            body = dialogs.update(form, asker);
            if (body.isEmpty()) {
                tell(Message.refusal(otherwise));
            }
        }

        Optional<JsonObject> body() {
            return body;
        }
    }

    /** Whose language is not known is asked for while their request is worked on. */
    private Asker asker(String user, @Nullable String channel, @Nullable String url) {
        readers.meet(user);
        return new Asker(user, orEmpty(channel), orEmpty(url));
    }

    private static Place place(Asker asker) {
        return new Place(SlackChat.KEYS.name(), asker.channel());
    }

    /**
     * The same for what Slack sends again: it keeps the trigger, only time and signature are new.
     */
    private static String delivery(@Nullable String id, String body) {
        String of = id == null || id.isEmpty() ? body : id;
        return SlackChat.KEYS.name() + ":" + Sha256.of(of).substring(0, 32);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public void close() {
        aside.close();
    }
}
