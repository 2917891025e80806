package backout.report;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Contact;
import backout.approval.EscalationStep;
import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.chat.Message;
import backout.command.Site;
import backout.language.Language;
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
import backout.run.Outcome;
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
                () -> site(),
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
    void whom_a_revoked_token_kept_from_being_called_is_called_with_a_new_one() {
        paged(2, "anna");
        chat.next(Chat.Trouble.TOKEN_REVOKED);
        Pages pages = start();
        pages.once();
        assertThat(written()).isEmpty();
        clock.pass(Duration.ofMinutes(1));
        pages.once();
        assertThat(written()).containsExactly("anna");
    }

    @Test
    void whoever_decides_reads_on_the_card_that_a_list_may_be_old() {
        var doubt = new Plan.Fact(Plan.Fact.ON_CALL, Phrase.of("the calendar was never read"));
        Run former = run();
        happens(new RunEvent.Planned(clock.instant(), former.plan().telling(doubt), POLICY, HOUR));
        assertThat(Card.of(run(), site(), clock.instant(), store.journal()).toString())
                .contains("on call", "the calendar was never read");
        assertThat(run().plan().hash()).isEqualTo(former.plan().hash());
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

    private void finished() {
        happens(
                new RunEvent.Finished(
                        clock.instant(),
                        new Outcome(
                                Outcome.Result.PROVEN, Phrase.of("Rolled back."), Phrase.NONE)));
    }

    private void voted(String name, String via) {
        String hash = run().plan().hash();
        happens(
                new RunEvent.Voted(
                        clock.instant(), new Vote(clock.instant(), name, 2, true, hash, "", via)));
    }

    private void reached(String name, int level, String... chats) {
        var accounts = new LinkedHashMap<String, String>();
        List.of(chats).forEach(one -> accounts.put(one, "U" + name));
        people.put(name, new Person(name, level, accounts));
    }

    @Test
    void who_asked_and_who_voted_are_told_the_outcome_alone_once() {
        reached("li", 1, "slack");
        reached("anna", 2, "slack", "discord");
        reached("ben", 2, "slack");
        voted("anna", "slack");
        finished();
        start().once();
        start().once();
        assertThat(chat.whispers)
                .hasSize(2)
                .anyMatch(text -> text.startsWith("li: compose/relay: "))
                .anyMatch(text -> text.startsWith("anna: compose/relay: "));
    }

    @Test
    void the_outcome_is_told_where_they_spoke_or_else_wherever_they_are() {
        reached("li", 1);
        reached("anna", 2, "slack", "discord");
        reached("ben", 2, "slack", "discord");
        voted("anna", "discord");
        voted("ben", "console");
        finished();
        start().once();
        assertThat(written()).containsExactly("ben");
    }

    @Test
    void who_cancelled_it_knows_how_it_ended() {
        reached("li", 1, "slack");
        happens(new RunEvent.Cancelled(clock.instant(), "li", ""));
        finished();
        start().once();
        assertThat(written()).isEmpty();
    }

    @Test
    void a_call_goes_before_an_outcome_that_was_there_first() {
        reached("li", 1, "slack");
        finished();
        var other = new RunId("8G4KR");
        var asked = (RunEvent.Requested) store.journal().read(RUN).getFirst();
        var again =
                new RunEvent.Requested(
                        clock.instant(),
                        other,
                        "d2",
                        "ben",
                        RELAY,
                        asked.command(),
                        asked.words(),
                        asked.reason(),
                        Map.of(),
                        "slack:C1");
        var planned = (RunEvent.Planned) store.journal().read(RUN).get(1);
        assertThat(store.journal().begin(again)).isInstanceOf(Journal.Begun.New.class);
        store.journal()
                .append(
                        other,
                        1,
                        List.of(
                                planned,
                                new RunEvent.Confirmed(
                                        clock.instant(), "ben", planned.plan().hash()),
                                new CallEvent.Paged(clock.instant(), 2, List.of("anna"))),
                        List.of(),
                        null);
        start().once();
        assertThat(written()).containsExactly("anna", "li");
    }

    private Pages pager(Told receiver) {
        var to = new Courier.To("mail/oncall", receiver, Wants.EVERYTHING, Language.ENGLISH);
        return new Pages(
                to,
                () -> site(),
                store.journal(),
                store.outbox(),
                store.posts(),
                clock,
                new Observer() {});
    }

    @Test
    void who_names_a_pager_is_called_by_it_once_and_nobody_else() {
        store.outbox().join(Pages.face("mail/oncall"));
        person("anna", 2, new Contact("", "+86 3", "anna@example.com", List.of("mail/oncall")));
        var receiver = new Told();
        paged(2, "anna", "ben");
        pager(receiver).once();
        pager(receiver).once();
        finished();
        pager(receiver).once();
        assertThat(receiver.called).containsExactly("anna PAGE 7F3KQ-4-anna");
    }

    @Test
    @DisplayName("C17 whose mail server greylists keeps nobody else from being called")
    void whose_server_is_late_keeps_nobody_else_waiting() {
        store.outbox().join(Pages.face("mail/oncall"));
        person("anna", 2, new Contact("", "", "anna@example.com", List.of("mail/oncall")));
        person("ben", 2, new Contact("", "", "ben@example.com", List.of("mail/oncall")));
        var receiver = new Told();
        receiver.troubles.add(Told.Trouble.LATER);
        paged(2, "anna", "ben");
        Pages pages = pager(receiver);
        pages.once();
        assertThat(receiver.called).containsExactly("ben PAGE 7F3KQ-4-ben");
        clock.pass(Duration.ofMinutes(5));
        pages.once();
        assertThat(receiver.called)
                .containsExactly("ben PAGE 7F3KQ-4-ben", "anna PAGE 7F3KQ-4-anna");
    }
}
