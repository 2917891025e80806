package backout.chat.slack;

import backout.chat.ChatRequest;
import backout.chat.Place;
import backout.chat.Press;
import backout.chat.slack.Whispers.Asker;
import backout.frontdesk.Answerer;
import backout.frontdesk.Aside;
import backout.frontdesk.Bot;
import backout.frontdesk.Completions;
import backout.frontdesk.Conversation;
import backout.frontdesk.People;
import backout.problem.Sha256;

import com.slack.api.app_backend.events.payload.EventsApiPayload;
import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.interactive_components.payload.BlockSuggestionPayload;
import com.slack.api.app_backend.interactive_components.payload.MessageShortcutPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.context.Context;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.request.builtin.BlockSuggestionRequest;
import com.slack.api.bolt.request.builtin.MessageShortcutRequest;
import com.slack.api.bolt.request.builtin.SlashCommandRequest;
import com.slack.api.bolt.request.builtin.ViewSubmissionRequest;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.view.View;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What Slack says, as requests for the front desk, and its replies as answers to Slack: at once
 * what is known at once, the rest by a thread of its own.
 */
final class SlackTalk implements AutoCloseable {
    /** Whoever is called first, with what was said before. */
    private static final Pattern MENTION = Pattern.compile("^[^<]*<@[A-Z0-9]+(\\|[^>]*)?>");

    private final People people;
    private final SlackReaders readers;
    private final Conversation conversation;
    private final SlackAnswers answers;
    private final SlackHome home;
    private final Completions completions;
    private final Unformatted unformatted;
    private final Aside aside = new Aside();

    SlackTalk(Bot bot, SlackApi api, SlackRoom room, SlackReaders readers, SlackHome home) {
        this.people = SlackChat.people(bot.site());
        this.readers = readers;
        this.conversation = new Conversation(bot::take, aside);
        this.answers =
                new SlackAnswers(
                        new Whispers(api, room, readers), new SlackDialogs(api, readers), aside);
        this.home = home;
        this.completions = new Completions(bot.site(), bot.journal());
        this.unformatted = new Unformatted(people::name);
    }

    /** {@code /rollback …}: the answer is the acknowledgement itself. */
    Response typed(SlashCommandRequest request, Context context) {
        SlashCommandPayload said = request.getPayload();
        var asker = asker(said.getUserId(), said.getChannelId(), said.getResponseUrl());
        String delivery = delivery(said.getTriggerId(), request.getRequestBodyAsString());
        String text = unformatted.text(orEmpty(said.getText()));
        var answerer = answers.new Acknowledging(asker, orEmpty(said.getTriggerId()));
        take(asker, person -> said(delivery, person, asker, text), answerer);
        return answerer.body().map(context::ack).orElseGet(context::ack);
    }

    /** Who says nothing more is shown what can be said. */
    private static ChatRequest said(String delivery, String person, Asker asker, String text) {
        return text.isBlank()
                ? new ChatRequest.PointedAt(delivery, person, place(asker), "")
                : new ChatRequest.Typed(delivery, person, place(asker), text);
    }

    /** {@code @backout …}, which works in threads, where commands do not; answered there. */
    Response mentioned(EventsApiPayload<AppMentionEvent> event, Context context) {
        AppMentionEvent said = event.getEvent();
        if (said.getUser() == null || said.getBotId() != null) {
            return context.ack();
        }
        var asker = asker(said.getUser(), said.getChannel(), "").in(orEmpty(said.getThreadTs()));
        String text = unformatted.text(MENTION.matcher(orEmpty(said.getText())).replaceFirst(""));
        String delivery = delivery(event.getEventId(), orEmpty(said.getTs()));
        take(
                asker,
                person -> new ChatRequest.Typed(delivery, person, place(asker), text),
                answers.new Whispering(asker, ""));
        return context.ack();
    }

    /** "Roll this back" in the menu of a message. */
    Response pointedAt(MessageShortcutRequest request, Context context) {
        MessageShortcutPayload said = request.getPayload();
        var asker = asker(said.getUser().getId(), said.getChannel().getId(), said.getResponseUrl());
        String text = said.getMessage() == null ? "" : orEmpty(said.getMessage().getText());
        String delivery = delivery(said.getTriggerId(), request.getRequestBodyAsString());
        take(
                asker,
                person ->
                        new ChatRequest.PointedAt(
                                delivery, person, place(asker), unformatted.text(text)),
                answers.new Whispering(asker, orEmpty(said.getTriggerId())));
        return context.ack();
    }

    /** What can be chosen in a form: nothing outside is asked while somebody types. */
    Response suggested(BlockSuggestionRequest request, Context context) {
        BlockSuggestionPayload said = request.getPayload();
        View view = said.getView();
        boolean known =
                view != null
                        && SlackForm.CALLBACK.equals(view.getCallbackId())
                        && people.isKnown(said.getUser().getId());
        List<String> found =
                known
                        ? Completions.fitting(
                                completions.of(
                                        SlackForm.about(orEmpty(view.getPrivateMetadata())).words(),
                                        orEmpty(said.getBlockId()),
                                        SlackForm.values(view).values()),
                                orEmpty(said.getValue()),
                                SlackLimits.OPTION_LABEL,
                                SlackLimits.OPTIONS)
                        : List.of();
        return context.ack(SlackForm.suggestions(found));
    }

    /** Somebody looks at what the bot says of itself. */
    Response opened(EventsApiPayload<AppHomeOpenedEvent> event, Context context) {
        AppHomeOpenedEvent said = event.getEvent();
        if (orEmpty(said.getTab()).equals("home")) {
            home.opened(said.getUser());
        }
        return context.ack();
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
                answers.new Whispering(asker, orEmpty(said.getTriggerId())));
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
        var values = SlackForm.values(view);
        String delivery = delivery(view.getId(), request.getRequestBodyAsString());
        var answerer = answers.new InDialog(asker, view);
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

    /** Whose language is not known is asked for while their request is worked on. */
    private Asker asker(String user, @Nullable String channel, @Nullable String url) {
        readers.meet(user);
        return new Asker(user, orEmpty(channel), "", orEmpty(url));
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
