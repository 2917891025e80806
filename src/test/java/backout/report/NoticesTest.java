package backout.report;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;
import backout.plan.Readiness;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.HandClock;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.Observer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What happened to targets beside their runs, told once to every channel. */
class NoticesTest {
    private static final TargetName RELAY = TargetName.of("compose/relay");
    private static final Phrase WHY = Phrase.of("5xx");

    private final HandClock clock = new HandClock();
    private final MemoryJournal journal = new MemoryJournal(new MemoryLeases(clock));
    private final Chat chat = new Chat();
    private Notices notices = notices();

    private Notices notices() {
        return new Notices(chat, List.of("C1", "C2"), journal, journal, clock, new Observer() {});
    }

    @BeforeEach
    void join() {
        journal.join("slack");
    }

    private void note(TargetEvent... events) {
        journal.append(RELAY, List.of(events));
    }

    private void unlocked(String by) {
        note(new TargetEvent.Unlocked(clock.instant(), by, WHY));
    }

    private List<String> told(String channel) {
        return chat.posted.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(channel))
                .map(entry -> entry.getValue().message.summary().toString())
                .toList();
    }

    @Test
    void what_people_say_and_warnings_are_told_and_what_runs_say_is_not() {
        Instant now = clock.instant();
        note(
                new TargetEvent.Seen(now, "sha256:1", "relay:1", "1", "1.1"),
                new TargetEvent.MarkedBad(now, "sha256:1", WHY, "li", true, "slack"),
                new TargetEvent.MarkedBad(now, "sha256:1", WHY, "li"),
                new TargetEvent.Cleared(now, "sha256:1", "li", WHY, "host root eve"),
                new TargetEvent.Cleared(now, "sha256:1", "backout", WHY),
                new TargetEvent.Locked(now, "li", WHY, "7F3KQ"),
                new TargetEvent.Unlocked(now, "li", WHY, "console"),
                new TargetEvent.Unlocked(now, "li", Phrase.NONE, "host li"),
                new TargetEvent.Warned(now, Phrase.of("{0} went forward", RELAY)),
                new TargetEvent.StandbySeen(
                        now,
                        new Readiness(
                                List.of(
                                        Readiness.Part.well(Phrase.verbatim("the machine")),
                                        new Readiness.Part(
                                                Phrase.verbatim("the disk"),
                                                Readiness.State.UNWELL,
                                                Phrase.verbatim("it is full"))))));

        notices.once();

        assertThat(told("C1"))
                .containsExactly(
                        "compose/relay: release 1.1 is marked bad, said li (slack): 5xx",
                        "compose/relay: release 1.1 is good, said li (at the host as root,"
                                + " through sudo by eve): 5xx",
                        "compose/relay may go forward again, said li (in the console): 5xx",
                        "compose/relay may go forward again, said li (at the host as li)",
                        "compose/relay went forward",
                        "Standby of compose/relay: 1 of 2 well. the disk is not: it is full");
        assertThat(told("C2")).isEqualTo(told("C1"));
    }

    @Test
    void nothing_is_told_twice_and_nothing_is_lost_by_a_restart() {
        unlocked("anna");
        notices.once();
        unlocked("ben");
        notices = notices();
        notices.once();
        notices.once();

        assertThat(told("C1"))
                .containsExactly(
                        "compose/relay may go forward again, said anna: 5xx",
                        "compose/relay may go forward again, said ben: 5xx");
    }

    @Test
    void what_may_be_posted_already_is_looked_for_first() {
        unlocked("anna");
        notices.once();
        unlocked("ben");
        chat.next(Chat.Trouble.ANSWER_LOST);
        notices.once();
        assertThat(told("C1")).hasSize(2);
        assertThat(told("C2")).hasSize(1);

        clock.pass(Duration.ofMinutes(1));
        notices.once();

        assertThat(told("C1")).hasSize(2);
        assertThat(told("C2")).hasSize(2);
    }

    @Test
    void a_channel_that_takes_nothing_now_does_not_keep_it_from_the_others() {
        chat.channels.put("C1", Chat.Trouble.TOO_MANY_CALLS);
        unlocked("anna");
        notices.once();
        assertThat(told("C2")).hasSize(1);

        chat.channels.clear();
        clock.pass(Duration.ofMinutes(1));
        notices.once();
        assertThat(told("C1")).hasSize(1);
        assertThat(told("C2")).hasSize(1);
    }

    @Test
    void what_a_revoked_token_kept_from_being_told_is_told_with_a_new_one() {
        chat.channels.put("C1", Chat.Trouble.TOKEN_REVOKED);
        chat.channels.put("C2", Chat.Trouble.TOKEN_REVOKED);
        unlocked("anna");
        notices.once();
        assertThat(told("C1")).isEmpty();

        chat.channels.clear();
        clock.pass(Duration.ofMinutes(1));
        notices.once();
        assertThat(told("C1")).hasSize(1);
        assertThat(told("C2")).hasSize(1);
    }

    @Test
    void a_chat_that_takes_nothing_is_left_alone_for_as_long_as_it_says() {
        unlocked("anna");
        notices.once();
        unlocked("ben");
        chat.next(Chat.Trouble.TOO_MANY_CALLS);
        notices.once();
        int calls = chat.calls.size();

        clock.pass(Duration.ofSeconds(6));
        notices.once();
        assertThat(chat.calls).hasSize(calls);

        clock.pass(Duration.ofSeconds(2));
        notices.once();
        assertThat(told("C1")).hasSize(2);
    }

    @Test
    void a_channel_that_is_gone_does_not_keep_it_from_the_others() {
        unlocked("anna");
        notices.once();
        unlocked("ben");
        chat.next(Chat.Trouble.CHANNEL_GONE);
        notices.once();

        assertThat(told("C1")).hasSize(1);
        assertThat(told("C2")).hasSize(2);
    }

    @Test
    void what_is_older_than_an_hour_is_no_news() {
        unlocked("anna");
        clock.pass(Duration.ofMinutes(61));
        unlocked("ben");
        notices.once();

        assertThat(told("C1")).containsExactly("compose/relay may go forward again, said ben: 5xx");
    }
}
