package backout.chat.discord;

import backout.chat.Block;
import backout.chat.Button;
import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.chat.Press;
import backout.chat.Words;
import backout.command.Site;
import backout.frontdesk.Aside;
import backout.frontdesk.Bot;
import backout.frontdesk.Completions;
import backout.frontdesk.Conversation;
import backout.frontdesk.People;
import backout.language.Language;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Card;
import backout.run.Run;
import backout.run.RunId;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What Discord says, as requests for the front desk, and its replies as answers to Discord; the
 * same whichever way it came in.
 */
final class DiscordTalk implements AutoCloseable {
    private static final int SUGGESTIONS = 8;
    private static final int MOST_KEPT = 10_000;

    private static final Problem CHANGED =
            Problem.of(
                    Phrase.of("this command was changed since your Discord last looked"),
                    Phrase.of("type it again; if it still looks as before, restart Discord"));

    private static final Problem NOT_OURS =
            Problem.of(
                    Phrase.of("this is nothing that Backout knows"),
                    Phrase.of("say: /rollback status"));

    private final Bot bot;
    private final DiscordApi api;
    private final DiscordRoom room;
    private final DiscordReaders readers;
    private final People people;
    private final Aside aside = new Aside();
    private final Conversation conversation;

    /** A gateway that comes back may tell again what it told. */
    private final Cache<String, Boolean> heard =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    DiscordTalk(Bot bot, DiscordApi api, DiscordRoom room, DiscordReaders readers) {
        this.bot = bot;
        this.api = api;
        this.room = room;
        this.readers = readers;
        this.people = DiscordChat.people(bot::site);
        this.conversation = new Conversation(bot::take, aside);
    }

    /** How Discord is answered once, and what is done when it was. */
    record Answer(Supplier<ObjectNode> first, Consumer<Boolean> delivered) {}

    /** Works on it aside; empty for what was heard already or is of no kind that we know. */
    Optional<Answer> take(JsonNode interaction) {
        var asked = Asked.of(interaction);
        boolean again = heard.asMap().putIfAbsent(asked.id(), true) != null;
        if (again || asked.type() == Asked.Type.NONE || asked.user().isEmpty()) {
            return Optional.empty();
        }
        readers.met(asked.user(), asked.locale());
        if (asked.type() == Asked.Type.SUGGESTION) {
            return Optional.of(new Answer(() -> suggestions(asked), _ -> {}));
        }
        var answering = new Answering(asked, api, room, readers.user(asked.user()), aside);
        aside.execute(() -> work(asked, answering));
        return Optional.of(new Answer(answering::first, answering::delivered));
    }

    private void work(Asked asked, Answering answering) {
        switch (asked.type()) {
            case COMMAND -> typed(asked, answering);
            case COMPONENT -> pressed(asked, answering);
            case MODAL -> submitted(asked, answering);
            case NONE, PING, SUGGESTION -> throw new IllegalArgumentException(asked.toString());
        }
    }

    private void typed(Asked asked, Answering answering) {
        Site site = bot.site();
        Optional<String> text =
                Spoken.of(site, asked.data())
                        .map(Spoken::text)
                        .or(() -> Spoken.ofNone(site, asked.data()));
        if (text.isEmpty()) {
            answering.refuse(List.of(CHANGED));
            return;
        }
        take(
                asked,
                answering,
                person ->
                        new ChatRequest.Typed(asked.delivery(), person, asked.place(), text.get()));
    }

    private void pressed(Asked asked, Answering answering) {
        String value = asked.pressed();
        boolean asks = value.startsWith(DiscordButtons.ASKS);
        Optional<Press> press = Press.of(asks ? value.substring(1) : value);
        if (press.isEmpty()) {
            answering.refuse(List.of(NOT_OURS));
            return;
        }
        // a stranger is told so at once, not after an answer
        Optional<Button> toAsk =
                asks && people.isKnown(asked.user()) ? onCard(press.get()) : Optional.empty();
        if (toAsk.isPresent()) {
            sure(asked, answering, toAsk.get());
            return;
        }
        take(
                asked,
                answering,
                person ->
                        new ChatRequest.Pressed(
                                asked.delivery(), person, asked.place(), press.get()));
    }

    /**
     * The button as its card has it now; one that is no longer there is refused by who knows why.
     */
    private Optional<Button> onCard(Press press) {
        if (!RunId.isRunId(press.run())) {
            return Optional.empty();
        }
        var events = bot.journal().read(new RunId(press.run()));
        if (events.isEmpty()) {
            return Optional.empty();
        }
        var card = Card.of(Run.of(events), bot.site(), bot.clock().instant(), bot.journal());
        return card.blocks().stream()
                .filter(Block.Buttons.class::isInstance)
                .flatMap(block -> ((Block.Buttons) block).buttons().stream())
                .filter(button -> button.press().equals(press) && !button.sure().isEmpty())
                .findFirst();
    }

    private void sure(Asked asked, Answering answering, Button button) {
        Language theirs = readers.user(asked.user());
        answering.tell(
                Message.line(Phrase.of("{0}: {1}", button.label(), button.sure())),
                new DiscordButtons(new Words(theirs)).meant(button.in(theirs)));
    }

    private void submitted(Asked asked, Answering answering) {
        var filled = DiscordForm.filled(asked.data());
        if (filled.isEmpty()) {
            answering.refuse(List.of(NOT_OURS));
            return;
        }
        take(
                asked,
                answering,
                person ->
                        new ChatRequest.Submitted(
                                asked.delivery(),
                                person,
                                asked.place(),
                                filled.get().words(),
                                filled.get().plan(),
                                filled.get().values()));
    }

    private void take(Asked asked, Answering answering, Function<String, ChatRequest> request) {
        conversation.take(
                "Discord user " + asked.user(),
                () -> request.apply(people.person(asked.user())),
                answering);
    }

    /** From what is known here: nothing outside is asked while somebody types. */
    private ObjectNode suggestions(Asked asked) {
        List<String> found =
                people.isKnown(asked.user())
                        ? Spoken.of(bot.site(), asked.data())
                                .map(said ->
                                        said.suggestions(
                                                new Completions(bot.site(), bot.journal())))
                                .orElse(List.of())
                        : List.of();
        ObjectNode answer = Kit.object(SUGGESTIONS);
        answer.putObject("data")
                .set(
                        "choices",
                        Kit.array(
                                found.stream()
                                        .map(one -> Kit.object().put("name", one).put("value", one))
                                        .toList()));
        return answer;
    }

    @Override
    public void close() {
        aside.close();
    }
}
