package backout.report;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Contact;
import backout.approval.EscalationStep;
import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.chat.Message;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.run.CallEvent;
import backout.run.HandClock;
import backout.run.Journal;
import backout.run.Observer;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whoever is called is written to once, whatever the chat does, and not when it is decided. */
@SuppressWarnings("NullAway.Init")
final class PagesTest {
    private static final TargetName RELAY = TargetName.of("compose/relay");
    private static final RunId RUN = new RunId("7F3KQ");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Policy POLICY =
            new Policy(
                    "prod",
                    1,
                    1,
                    HOUR,
                    HOUR,
                    HOUR,
                    false,
                    List.of(
                            new EscalationStep(1, Duration.ZERO),
                            new EscalationStep(2, Duration.ofMinutes(5))),
                    null,
                    List.of(),
                    "");

    @TempDir private Path folder;
    private final HandClock clock = new HandClock();
    private final Chat chat = new Chat();
    private final Map<String, Person> people = new LinkedHashMap<>();
    private SqlStore store;

    @BeforeEach
    void open() {
        store = SqlStore.open(folder, clock);
        person("li", 1, new Contact("", "+86 1", ""));
        person("max", 1, new Contact("backend", "+86 2", ""));
        person("anna", 2, new Contact("", "", "anna@example.com"));
        person("ben", 2, Contact.NONE);
        store.outbox().join(Pages.face("slack"));
        asked();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void person(String name, int level, Contact contact) {
        people.put(name, new Person(name, level, Map.of(), contact));
    }

    private Site site() {
        var target =
                new Target(RELAY, "local", "prod", HOUR, HOUR, List.of(), new Settings(Map.of()));
        return new Site(List.of(), Map.of(RELAY, target), people, Map.of("prod", POLICY));
    }

    /** As a process that has just been started. */
    private Pages start() {
        return new Pages(
                chat,
                site(),
                store.journal(),
                store.outbox(),
                store.posts(),
                clock,
                new Observer() {});
    }

    private void asked() {
        var requested =
                new RunEvent.Requested(
                        clock.instant(),
                        RUN,
                        "d1",
                        "li",
                        RELAY,
                        "compose",
                        "compose relay",
                        "5xx",
                        Map.of(),
                        "slack:C1");
        assertThat(store.journal().begin(requested)).isInstanceOf(Journal.Begun.New.class);
        var plan =
                new Plan(
                        RELAY,
                        "compose",
                        new Plan.Shown("sha256:b", "2.0", Phrase.NONE),
                        new Plan.Shown("sha256:a", "1.0", Phrase.NONE),
                        Phrase.of("the last good one"),
                        List.of(
                                new Step(
                                        "up",
                                        RELAY,
                                        Step.Phase.SWITCH,
                                        "b",
                                        "a",
                                        Map.of(),
                                        Phrase.of("{0} it", "up"))),
                        List.of(0),
                        List.of("container [STATE] == running"),
                        List.of(),
                        List.of(),
                        List.of());
        happens(
                new RunEvent.Planned(clock.instant(), plan, POLICY, HOUR),
                new RunEvent.Confirmed(clock.instant(), "li", plan.hash()));
    }

    private void happens(RunEvent... events) {
        int there = store.journal().read(RUN).size();
        store.journal().append(RUN, there, List.of(events), List.of(), null);
    }

    private void paged(int level, String... names) {
        happens(new CallEvent.Paged(clock.instant(), level, List.of(names)));
    }

    private List<String> written() {
        return chat.whispers.stream().map(text -> text.split(":", 2)[0]).toList();
    }

    private Run run() {
        return Run.of(store.journal().read(RUN));
    }

    @Test
    void each_is_written_to_once_also_after_a_restart() {
        paged(1, "max");
        paged(2, "anna", "ben");
        Pages pages = start();
        pages.once();
        pages.once();
        start().once();
        assertThat(written()).containsExactly("max", "anna", "ben");
    }

    @Test
    void what_the_chat_did_not_take_is_tried_again_and_the_rest_is_not_sent_twice() {
        paged(2, "anna", "ben");
        chat.next(Chat.Trouble.TOO_MANY_CALLS);
        Pages pages = start();
        pages.once();
        assertThat(written()).isEmpty();
        clock.pass(Duration.ofSeconds(8));
        start().once();
        assertThat(written()).containsExactly("anna", "ben");
    }

    @Test
    void who_cannot_be_reached_here_does_not_keep_the_others_from_it() {
        paged(2, "anna", "ben");
        chat.next(Chat.Trouble.CHANNEL_GONE);
        start().once();
        start().once();
        assertThat(written()).containsExactly("ben");
    }

    @Test
    @DisplayName("nobody is called any more once it is decided (OC#4654)")
    void nobody_is_called_once_it_is_decided() {
        paged(1, "max");
        var vote = new Vote(clock.instant(), "anna", 2, true, run().plan().hash(), "");
        happens(new RunEvent.Voted(clock.instant(), vote));
        start().once();
        assertThat(written()).isEmpty();
        assertThat(store.posts().lacking(Pages.face("slack"))).isEmpty();
    }

    @Test
    @DisplayName("C15 who is gone is not written to, at once (OC#4936)")
    void who_is_gone_is_not_written_to() {
        paged(2, "anna", "ben");
        people.remove("anna");
        start().once();
        assertThat(written()).containsExactly("ben");
    }

    @Test
    void each_is_told_whom_they_can_call_at_which_number() {
        paged(1, "max");
        paged(2, "anna", "ben");
        Message told = Calling.alone(run(), 2, 5, "ben", site(), clock.instant());
        assertThat(told.toString())
                .contains("li: +86 1", "max, backend: +86 2", "anna: anna@example.com")
                .contains("you are called as L2");
        assertThat(Calling.alone(run(), 1, 4, "max", site(), clock.instant()).toString())
                .doesNotContain("+86 2");
    }

    @Test
    void the_levels_after_the_first_are_told_to_everybody_in_the_channel_once() {
        paged(1, "max");
        assertThat(Calling.escalates(run(), 0)).isFalse();
        int before = run().version();
        paged(2, "anna");
        assertThat(Calling.escalates(run(), before)).isTrue();
        before = run().version();
        paged(2, "anna");
        happens(new CallEvent.Nudged(clock.instant(), "li", 2, List.of("anna"), ""));
        assertThat(Calling.escalates(run(), before)).isFalse();
    }
}
