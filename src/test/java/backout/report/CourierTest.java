package backout.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.approval.Policy;
import backout.approval.Vote;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.report.Told.Trouble;
import backout.run.HandClock;
import backout.run.Journal;
import backout.run.Observer;
import backout.run.Outcome;
import backout.run.Proposal;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What happened is told to who is no chat: once, also after a restart, and nothing is lost. */
@SuppressWarnings("NullAway.Init")
final class CourierTest {
    private static final TargetName RELAY = TargetName.of("compose/relay");
    private static final TargetName SHOP = TargetName.of("compose/shop");
    private static final RunId RUN = new RunId("7F3KQ");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String NAME = "webhook/ops";

    @TempDir private Path folder;
    private final HandClock clock = new HandClock();
    private final Told told = new Told();
    private SqlStore store;

    @BeforeEach
    void open() {
        store = SqlStore.open(folder, clock);
        store.outbox().join(NAME);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** As a process that has just been started. */
    private Courier start() {
        return start(Wants.EVERYTHING, Language.ENGLISH);
    }

    private Courier start(Wants wants, Language language) {
        return new Courier(
                new Courier.To(NAME, told, wants, language),
                store.journal(),
                store.outbox(),
                store.posts(),
                clock,
                Observer.NOBODY);
    }

    private static Plan plan(TargetName target) {
        return new Plan(
                target,
                "compose",
                new Plan.Shown("sha256:b", "2.0", Phrase.NONE),
                new Plan.Shown("sha256:a", "1.0", Phrase.NONE),
                Phrase.of("the last good one"),
                List.of(
                        new Step(
                                "up",
                                target,
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
    }

    private void asked(RunId run, TargetName target, Map<String, String> values) {
        var requested =
                new RunEvent.Requested(
                        clock.instant(),
                        run,
                        "d-" + run,
                        "li",
                        target,
                        "compose",
                        "compose " + target.name(),
                        "5xx since 14:02",
                        values,
                        "slack:C1");
        begin(requested);
    }

    private void begin(RunEvent.Requested requested) {
        assertThat(store.journal().begin(requested)).isInstanceOf(Journal.Begun.New.class);
        var policy = new Policy("prod", 1, 2, HOUR, HOUR, HOUR, false);
        happens(
                requested.run(),
                new RunEvent.Planned(clock.instant(), plan(requested.target()), policy, HOUR));
    }

    private void asked() {
        asked(RUN, RELAY, Map.of());
    }

    private void proven(RunId run, TargetName target) {
        happens(
                run,
                new RunEvent.Voted(
                        clock.instant(),
                        new Vote(clock.instant(), "anna", 2, true, plan(target).hash(), "")),
                new RunEvent.Finished(
                        clock.instant(),
                        new Outcome(
                                Outcome.Result.PROVEN,
                                Phrase.of("Rolled back to {0} and proven.", "1.0"),
                                Phrase.of(
                                        "revert the change in git too, or the next deploy brings"
                                                + " {0} back",
                                        "2.0"))));
    }

    private void happens(RunId run, RunEvent... events) {
        int there = store.journal().read(run).size();
        store.journal().append(run, there, List.of(events), List.of(), null);
    }

    private void unlocked(TargetName target) {
        store.journal()
                .append(
                        target,
                        List.of(new TargetEvent.Unlocked(clock.instant(), "li", Phrase.NONE)));
    }

    private void warned(TargetName target) {
        store.journal()
                .append(
                        target,
                        List.of(
                                new TargetEvent.Warned(
                                        clock.instant(), Phrase.of("{0} went forward", target))));
    }

    @Test
    void a_request_and_its_outcome_are_told_once_also_after_a_restart() {
        asked();
        Courier courier = start();
        courier.once();
        courier.once();
        proven(RUN, RELAY);
        start().once();
        start().once();
        assertThat(told.ids()).containsExactly("7F3KQ-2", "7F3KQ-4");
        assertThat(told.messages.getFirst().getFirst().what()).isEqualTo(Happening.REQUEST);
        assertThat(told.messages.getLast().getFirst().what()).isEqualTo(Happening.OUTCOME);
    }

    @Test
    void who_what_why_proven_or_not_and_what_is_left_to_do_in_git_stand_in_it() {
        asked();
        proven(RUN, RELAY);
        start().once();
        Notice notice = told.messages.getFirst().getFirst();
        String head = store.journal().sealed(RUN).orElseThrow().text();
        assertThat(backout.chat.PlainMessage.lines(notice.message()))
                .containsExactly(
                        "compose/relay: Emergency rollback to the last stable version (1.0), please"
                                + " check that it works. Asked by li, because 5xx since 14:02.",
                        "release: 2.0 → 1.0",
                        "result: Rolled back to 1.0 and proven.",
                        "approved by: anna",
                        "Next: revert the change in git too, or the next deploy brings 2.0 back",
                        "run 7F3KQ",
                        "audit " + head);
        assertThat(notice.facts())
                .containsEntry("from", "2.0")
                .containsEntry("to", "1.0")
                .containsEntry("asked-by", "li")
                .containsEntry("approved-by", "anna")
                .containsEntry("audit", head)
                .containsEntry("reason", "5xx since 14:02")
                .containsEntry("result", "proven")
                .containsEntry("proven", "yes");
    }

    /** What is told of it later is a witness of its end, not of what came after it. */
    @Test
    void the_place_in_the_chain_stands_in_the_end_alone_and_stays_what_it_was() {
        asked();
        start().once();
        proven(RUN, RELAY);
        String head = store.journal().sealed(RUN).orElseThrow().text();
        unlocked(RELAY);
        told.troubles.add(Trouble.LATER);
        start().once();
        start().once();
        assertThat(told.messages.getFirst().getFirst().facts().get("audit")).isNullOrEmpty();
        assertThat(told.messages.getLast().getFirst().facts()).containsEntry("audit", head);
    }

    @Test
    void the_text_of_the_plan_is_said_in_chinese_to_who_reads_that() {
        asked();
        proven(RUN, RELAY);
        start(Wants.EVERYTHING, Language.of("zh", ZoneOffset.UTC)).once();
        assertThat(told.messages.getFirst().getFirst().message().summary().toString())
                .contains("已紧急回滚到上一个稳定版本（1.0），请验证功能");
    }

    @Test
    void a_release_that_a_person_chose_is_not_called_the_last_stable_one() {
        asked(RUN, RELAY, Map.of("release", "1.0"));
        proven(RUN, RELAY);
        start().once();
        assertThat(told.messages.getFirst().getFirst().message().summary().toString())
                .startsWith("compose/relay: Rolled back to 1.0 and proven.");
    }

    @Test
    void what_the_bot_asks_for_is_a_proposal_that_says_what_it_saw() {
        var seen =
                new Proposal(
                        "sha256:b",
                        "2.0",
                        clock.instant(),
                        clock.instant(),
                        Phrase.of("restarting"),
                        List.of(),
                        Phrase.NONE,
                        null);
        begin(
                new RunEvent.Requested(
                        clock.instant(),
                        RUN,
                        "proposal:" + RUN,
                        Proposal.NOBODY,
                        RELAY,
                        "compose",
                        "compose relay",
                        "",
                        Map.of(),
                        "",
                        "",
                        List.of(),
                        seen));
        start(Wants.of(List.of("proposal"), List.of()), Language.ENGLISH).once();
        Notice notice = told.messages.getFirst().getFirst();
        assertThat(notice.what()).isEqualTo(Happening.PROPOSAL);
        assertThat(notice.message().summary().toString())
                .contains("compose/relay is unwell since", "2.0", "Backout proposes a rollback.");
        assertThat(notice.facts()).containsEntry("proposed", "yes");
        assertThat(notice.facts().get("reason")).contains("restarting");
    }

    @Test
    void only_what_is_wanted_of_the_targets_that_are_wanted_is_told() {
        asked();
        proven(RUN, RELAY);
        var other = new RunId("8G4KR");
        asked(other, SHOP, Map.of());
        proven(other, SHOP);
        unlocked(RELAY);
        unlocked(SHOP);
        warned(SHOP);
        start(Wants.of(List.of("outcome", "lock"), List.of("compose/shop")), Language.ENGLISH)
                .once();
        assertThat(told.messages.getFirst())
                .extracting(Notice::what)
                .containsExactly(Happening.OUTCOME, Happening.LOCK);
        assertThat(told.messages.getFirst())
                .allMatch(notice -> notice.targets().equals(List.of(SHOP)));
    }

    @Test
    void a_freeze_of_all_and_what_people_are_reminded_of_are_told_as_locks() {
        var now = clock.instant();
        Phrase why = Phrase.of("5xx");
        store.journal()
                .append(Freeze.SITE, List.of(new TargetEvent.Frozen(now, "li", why, null, 2, "")));
        store.journal()
                .append(
                        SHOP,
                        List.of(
                                new TargetEvent.Locked(now, "li", why, "", null, ""),
                                new TargetEvent.Reminded(now, Phrase.of("still locked")),
                                new TargetEvent.Thawed(now, "li", Phrase.NONE, "")));
        start(Wants.of(List.of("lock"), List.of("compose/shop")), Language.ENGLISH).once();
        assertThat(told.messages.getFirst())
                .allMatch(notice -> notice.what() == Happening.LOCK)
                .extracting(notice -> notice.message().summary().toString())
                .containsExactly(
                        "the whole site is frozen by li until somebody thaws it: 5xx",
                        "compose/shop is locked, said li: 5xx",
                        "still locked",
                        "compose/shop is no longer frozen, said li");
    }

    @Test
    void who_dies_between_telling_and_noting_tells_it_again_under_the_same_id() {
        asked();
        unlocked(RELAY);
        told.troubles.add(Trouble.DIED);
        assertThatThrownBy(() -> start().once()).isInstanceOf(IllegalStateException.class);
        start().once();
        start().once();
        assertThat(told.messages).hasSize(2);
        assertThat(told.messages.getLast())
                .extracting(Notice::id)
                .containsExactlyElementsOf(
                        told.messages.getFirst().stream().map(Notice::id).toList());
    }

    @Test
    void what_is_not_taken_now_is_told_later_and_longer_each_time() {
        asked();
        told.troubles.addAll(List.of(Trouble.LATER, Trouble.LATER, Trouble.LATER));
        Courier courier = start();
        courier.once();
        courier.once();
        assertThat(told.troubles).hasSize(2);
        clock.pass(Duration.ofSeconds(1));
        courier.once();
        clock.pass(Duration.ofSeconds(1));
        courier.once();
        assertThat(told.troubles).hasSize(1);
        clock.pass(Duration.ofSeconds(1));
        courier.once();
        clock.pass(Duration.ofSeconds(4));
        courier.once();
        assertThat(told.ids()).containsExactly("7F3KQ-2");
    }

    @Test
    void what_waited_becomes_one_message_and_a_request_whose_outcome_is_told_is_left_out() {
        told.troubles.add(Trouble.LATER);
        asked();
        Courier courier = start();
        courier.once();
        proven(RUN, RELAY);
        unlocked(RELAY);
        warned(RELAY);
        clock.pass(Duration.ofMinutes(1));
        courier.once();
        assertThat(told.messages).hasSize(1);
        assertThat(told.messages.getFirst())
                .extracting(Notice::what)
                .containsExactly(Happening.OUTCOME, Happening.LOCK, Happening.PROBLEM);
    }

    @Test
    void a_wrong_secret_loses_nothing_and_operators_are_told_until_it_is_mended() {
        asked();
        told.troubles.addAll(List.of(Trouble.REFUSED, Trouble.REFUSED));
        Courier courier = start();
        courier.once();
        assertThatThrownBy(courier::state)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("wrong secret");
        clock.pass(Duration.ofHours(7));
        courier.once();
        clock.pass(Duration.ofHours(7));
        courier.once();
        assertThat(told.ids()).containsExactly("7F3KQ-2");
        assertThat(courier.state()).isEqualTo("nothing was refused");
    }

    @Test
    void one_message_that_is_never_taken_keeps_no_other_from_being_told() {
        told.never = notice -> notice.id().equals("7F3KQ-2");
        asked();
        unlocked(RELAY);
        warned(RELAY);
        Courier courier = start();
        courier.once();
        start().once();
        assertThat(told.ids()).containsExactly("target-1", "target-2");
    }

    @Test
    void a_receiver_that_takes_so_many_a_minute_is_not_flooded() {
        told.pace = Duration.ofSeconds(3);
        told.most = 1;
        unlocked(RELAY);
        unlocked(SHOP);
        Courier courier = start();
        courier.once();
        courier.once();
        assertThat(told.messages).hasSize(1);
        clock.pass(Duration.ofSeconds(3));
        courier.once();
        assertThat(told.messages).hasSize(2);
    }

    @Test
    void what_nobody_took_for_days_is_told_to_nobody() {
        asked();
        unlocked(RELAY);
        told.troubles.add(Trouble.LATER);
        Courier courier = start();
        courier.once();
        clock.pass(Duration.ofDays(4));
        courier.once();
        assertThat(told.messages).isEmpty();
        assertThat(store.posts().open(NAME)).isEmpty();
        assertThat(store.outbox().dueOfTargets(NAME, 10)).isEmpty();
    }

    @Test
    void a_receiver_that_is_gone_from_the_configuration_leaves_nothing_behind() {
        asked();
        told.troubles.add(Trouble.LATER);
        start().once();
        assertThat(store.outbox().faces()).contains(NAME);
        Courier.forget(NAME, store.outbox(), store.posts());
        assertThat(store.outbox().faces()).doesNotContain(NAME);
        assertThat(store.posts().open(NAME)).isEmpty();
    }
}
