package backout.operations;

import backout.approval.Person;
import backout.chat.Block;
import backout.chat.Button;
import backout.chat.Message;
import backout.chat.Press;
import backout.frontdesk.Acks;
import backout.frontdesk.Chat;
import backout.frontdesk.Diagnosis;
import backout.language.Phrase;
import backout.report.Room;
import backout.run.Pause;
import backout.run.RunId;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Whether a chat works all the way: posts a test message to each channel that hears of outcomes
 * and, where wanted, to each person, and waits for a press of each, which must arrive at the bot
 * that serves. What it posted is marked as a test, and says in the end that it is over.
 *
 * @param ids names its tests
 * @param within how long presses are waited for
 */
public record ChatDoctor(
        Acks acks, Supplier<RunId> ids, InstantSource clock, Pause pause, Duration within) {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** A message whose press is waited for; {@code person} empty for anybody. */
    private record Test(String id, Phrase where, Optional<String> person, Instant sent) {}

    /** Where a test was posted, to be told there that it is over. */
    private record Posted(String channel, String address) {}

    /**
     * @param announce the channels that hear of outcomes
     * @param people those with an account in this chat; none where they are to be left alone
     * @param isServed whether a bot is there at which a press can arrive
     * @param tell is given each finding as soon as it is known
     */
    public void examine(
            Chat<?> chat,
            List<String> announce,
            List<Person> people,
            boolean isServed,
            Consumer<Diagnosis> tell) {
        chat.examine().forEach(tell);
        if (announce.isEmpty()) {
            tell.accept(
                    Diagnosis.unwell(
                            Phrase.of("no channel hears of outcomes"),
                            Phrase.of("name one in chat.yml: announce")));
        }
        var tests = new ArrayList<Test>();
        var posted = new LinkedHashMap<Posted, Test>();
        for (String channel : announce) {
            inChannel(chat, channel, tests, posted).forEach(tell);
        }
        for (Person person : people) {
            toPerson(chat.room(), person, tests).ifPresent(tell);
        }
        if (isServed) {
            await(tests, tell);
        } else if (!tests.isEmpty()) {
            tell.accept(
                    Diagnosis.unwell(
                            Phrase.of("no bot serves, so that no press can arrive"),
                            Phrase.of("start bot/backout serve beside this, then try again")));
        }
        posted.forEach((where, test) -> isOver(chat.room(), where));
    }

    private List<Diagnosis> inChannel(
            Chat<?> chat, String channel, List<Test> tests, Map<Posted, Test> posted) {
        String id = ids.get().text();
        var found = new ArrayList<Diagnosis>();
        try {
            String address = chat.room().post(channel, "test-" + id, message(id));
            var test = new Test(id, Phrase.of("channel {0}", channel), Optional.empty(), now());
            tests.add(test);
            posted.put(new Posted(channel, address), test);
            found.add(Diagnosis.well(Phrase.of("channel {0} can be written to", channel)));
            found.addAll(chat.examine(channel, address));
        } catch (Room.Refused e) {
            found.add(Diagnosis.unwell(Phrase.of("channel {0}", channel), e.problem()));
        } catch (Room.Later e) {
            found.add(later(Phrase.of("channel {0}", channel), e));
        }
        return found;
    }

    private Optional<Diagnosis> toPerson(Room room, Person person, List<Test> tests) {
        String id = ids.get().text();
        Phrase who = Phrase.of("{0} (L{1})", person.name(), person.level());
        try {
            room.direct(person.name(), message(id));
            tests.add(new Test(id, who, Optional.of(person.name()), now()));
            return Optional.empty();
        } catch (Room.Refused e) {
            return Optional.of(Diagnosis.unwell(who, e.problem()));
        } catch (Room.Later e) {
            return Optional.of(later(who, e));
        }
    }

    private static Diagnosis later(Phrase where, Room.Later e) {
        return Diagnosis.unknown(
                Phrase.of("{0}: {1}", where, e.why()), Phrase.of("try again in a minute"));
    }

    private static Message message(String id) {
        Phrase says =
                Phrase.of(
                        "TEST of Backout: nothing is wrong. Please press the button, so that it is"
                                + " known that buttons arrive.");
        var press =
                new Button(
                        Phrase.of("I see it"),
                        Button.Look.PRIMARY,
                        new Press(Acks.PRESS, id, ""),
                        Phrase.NONE);
        return new Message(says, List.of(new Block.Text(says), new Block.Buttons(List.of(press))));
    }

    private void await(List<Test> tests, Consumer<Diagnosis> tell) {
        var left = new ArrayList<>(tests);
        Instant end = now().plus(within);
        while (!left.isEmpty() && now().isBefore(end)) {
            left.removeIf(test -> isHeard(test, tell));
            if (!left.isEmpty() && !paused()) {
                break;
            }
        }
        left.forEach(test -> tell.accept(unheard(test)));
    }

    private boolean isHeard(Test test, Consumer<Diagnosis> tell) {
        Optional<Acks.Ack> ack =
                acks.of(test.id()).stream()
                        .filter(one -> test.person().map(one.person()::equals).orElse(true))
                        .findFirst();
        ack.ifPresent(one ->
                tell.accept(
                        Diagnosis.well(
                                Phrase.of(
                                        "{0}: the press of {1} arrived after {2}",
                                        test.where(),
                                        one.person(),
                                        Duration.between(test.sent(), one.at())))));
        return ack.isPresent();
    }

    /** Whether nobody pressed, or the press was lost, cannot be told from here. */
    private Diagnosis unheard(Test test) {
        return Diagnosis.unknown(
                Phrase.of("{0}: no press arrived within {1}", test.where(), within),
                Phrase.of(
                        "if somebody did press: look whether the chat reaches the bot, and whether"
                                + " its secret is the right one"));
    }

    private boolean paused() {
        try {
            pause.pause(LOOK_EVERY);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What is left of it asks for nothing any more. */
    private static void isOver(Room room, Posted where) {
        try {
            room.edit(
                    where.channel(),
                    where.address(),
                    Message.line(
                            Phrase.of(
                                    "TEST of Backout: it is over, there is nothing to press any"
                                            + " more.")));
        } catch (Room.Later | Room.Refused _) {
            // that it can be posted was told; what stays there says that it is a test
        }
    }

    private Instant now() {
        return clock.instant();
    }
}
