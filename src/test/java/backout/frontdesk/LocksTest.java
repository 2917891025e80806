package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.approval.Person;
import backout.approval.Policy;
import backout.chat.Block;
import backout.chat.ChatRequest;
import backout.chat.Place;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.plan.Ledger;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.run.HandClock;
import backout.run.RunId;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people forbid for a while: to go forward, and to do anything. */
@SuppressWarnings("NullAway.Init")
final class LocksTest {
    private static final TargetName RELAY = TargetName.of("compose/relay");
    private static final TargetName SHOP = TargetName.of("compose/shop");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir private Path folder;
    private final HandClock clock = new HandClock();
    private final AtomicInteger said = new AtomicInteger();
    private SqlStore store;

    @BeforeEach
    void open() {
        store = SqlStore.open(folder, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static CommandSpec command(String name, String words, String does, String kind) {
        var steps = kind.isEmpty() ? List.<String>of() : List.of("up");
        return new CommandSpec(
                name, "", Grammar.of(words), does, kind, 1, List.of(), steps, List.of());
    }

    private static CommandSpec command(String name, String words) {
        return command(name, words, name, "");
    }

    private static Policy policy(String name, int thawFrom) {
        return new Policy(
                name, 0, 1, HOUR, HOUR, HOUR, false, List.of(), null, List.of(), "", thawFrom);
    }

    private static Target target(TargetName name, String policy) {
        return new Target(name, "local", policy, HOUR, HOUR, List.of(), new Settings(Map.of()));
    }

    private static Site site() {
        return new Site(
                List.of(
                        command("compose", "[TARGET] [because REASON...]", "rollback", "compose"),
                        command("lock", "TARGET [for TIME] [because REASON...]"),
                        command("unlock", "TARGET [because REASON...]"),
                        command("freeze", "TARGET [for TIME] [because REASON...]"),
                        command("thaw", "TARGET [because REASON...]"),
                        command("status", "[TARGET]"),
                        command("confirm", "RUN")),
                Map.of(RELAY, target(RELAY, "prod"), SHOP, target(SHOP, "strict")),
                Stream.of(
                                new Person("li", 1, Map.of()),
                                new Person("max", 1, Map.of()),
                                new Person("ben", 2, Map.of()),
                                new Person("cho", 3, Map.of()))
                        .collect(Collectors.toMap(Person::name, one -> one)),
                Map.of("prod", policy("prod", 2), "strict", policy("strict", 3)));
    }

    private Reply says(String person, String words) {
        return says("d" + said.incrementAndGet(), person, words);
    }

    private Reply says(String delivery, String person, String words) {
        var desk =
                new FrontDesk(
                        site(),
                        store.journal(),
                        (_, _) -> {
                            throw new AssertionError("nobody asked for a plan");
                        },
                        clock,
                        () -> new RunId("AAAA" + (char) ('A' + said.getAndIncrement())),
                        _ -> true,
                        new Origin("host root"));
        return desk.take(new ChatRequest.Typed(delivery, person, new Place("slack", "C1"), words));
    }

    private String told(String person, String words) {
        return ((Reply.OfTarget) says(person, words))
                .message().blocks().stream()
                        .map(Block.Text.class::cast)
                        .map(block -> block.text().toString())
                        .collect(Collectors.joining("\n"));
    }

    private String refused(String person, String words) {
        var refusal = new StringBuilder();
        assertThatThrownBy(() -> says(person, words))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> refusal.append(e.problem().toString()));
        return refusal.toString();
    }

    @Test
    void a_freeze_refuses_a_rollback_and_says_who_why_until_when_and_what_to_do() {
        assertThat(told("ben", "freeze relay for 2h because release day"))
                .contains("compose/relay is frozen by ben until 2026-03-01 04:14")
                .contains("thaw relay");
        assertThat(refused("li", "compose relay"))
                .contains("frozen by ben until 2026-03-01 04:14")
                .contains("Nothing is run on it meanwhile")
                .contains("ben, cho")
                .contains("thaw relay");
        assertThat(store.journal().open()).isEmpty();
        assertThat(says("li", "compose shop")).isInstanceOf(Reply.OfRun.class);
    }

    @Test
    void what_is_delivered_again_after_a_freeze_is_the_run_that_it_was() {
        var run = ((Reply.OfRun) says("m1", "li", "compose relay")).run();
        told("ben", "freeze relay because release day");
        assertThat(((Reply.OfRun) says("m1", "li", "compose relay")).run()).isEqualTo(run);
        assertThat(refused("li", "compose relay")).contains("frozen by ben");
    }

    @Test
    void a_freeze_is_over_when_its_time_is() {
        told("ben", "freeze relay for 30m because release day");
        clock.pass(Duration.ofMinutes(30));
        assertThat(says("li", "compose relay")).isInstanceOf(Reply.OfRun.class);
    }

    @Test
    void a_freeze_of_all_holds_for_each_target_until_it_is_thawed() {
        assertThat(told("ben", "freeze all because the data centre moves"))
                .contains("the whole site is frozen by ben until somebody thaws it");
        assertThat(refused("li", "compose relay")).contains("the whole site").contains("thaw all");
        assertThat(refused("li", "compose shop")).contains("the whole site");
        assertThat(told("cho", "thaw all")).contains("no longer frozen, said cho");
        assertThat(says("li", "compose relay")).isInstanceOf(Reply.OfRun.class);
    }

    @Test
    void a_freeze_is_lifted_by_who_set_it_and_from_the_level_of_its_policy_on() {
        told("ben", "freeze relay because release day");
        assertThat(refused("max", "thaw relay")).contains("ask one of ben, cho");
        told("ben", "thaw relay");
        told("ben", "freeze shop because release day");
        assertThat(told("ben", "thaw shop")).contains("no longer frozen");
        told("cho", "freeze shop because release day");
        assertThat(refused("ben", "thaw shop")).contains("ask one of cho");
    }

    @Test
    void a_freeze_is_not_shortened_by_who_may_not_lift_it() {
        told("cho", "freeze all because the data centre moves");
        assertThat(refused("ben", "freeze all for 1s because I am in a hurry"))
                .contains("frozen by cho until somebody thaws it");
        clock.pass(Duration.ofSeconds(2));
        assertThat(refused("li", "compose relay")).contains("the data centre moves");
    }

    @Test
    void a_target_that_is_thawed_stays_frozen_with_the_whole_site() {
        told("cho", "freeze all because the data centre moves");
        told("ben", "freeze relay because release day");
        assertThat(told("ben", "thaw relay"))
                .contains("relay is no longer frozen")
                .contains("the whole site is frozen by cho");
        assertThat(refused("ben", "thaw relay"))
                .contains("compose/relay is not frozen")
                .contains("thaw all");
    }

    @Test
    void a_run_that_waits_is_not_confirmed_while_it_is_frozen_and_may_be_afterwards() {
        var run = ((Reply.OfRun) says("li", "compose relay")).run();
        assertThat(told("ben", "freeze relay because release day"))
                .contains("run " + run + " waits");
        assertThat(refused("li", "confirm " + run)).isNotEmpty();
        assertThat(store.journal().open()).containsExactly(run);
    }

    @Test
    void a_freeze_and_a_lock_need_a_reason_and_a_time_that_is_one() {
        assertThat(refused("ben", "freeze relay for 2h"))
                .contains("needs a reason")
                .contains("freeze relay for 2h because REASON");
        assertThat(refused("ben", "lock relay")).contains("lock relay because REASON");
        for (String time : List.of("soon", "0s", "-2h", "91d", "2")) {
            assertThat(refused("ben", "freeze relay for " + time + " because x"))
                    .contains("\"" + time + "\" is not how long it can hold");
        }
        assertThat(store.journal().read(RELAY)).isEmpty();
    }

    @Test
    void a_lock_lets_rollbacks_pass_and_is_lifted_by_unlock() {
        assertThat(told("li", "lock relay for 2h because we look into 2.0"))
                .contains("compose/relay is locked until 2026-03-01 04:14");
        assertThat(says("li", "compose relay")).isInstanceOf(Reply.OfRun.class);
        assertThat(Ledger.of(store.journal().read(RELAY)).lock()).isPresent();
        told("ben", "unlock relay because fixed");
        assertThat(Ledger.of(store.journal().read(RELAY)).lock()).isEmpty();
    }

    @Test
    void status_tells_what_is_locked_and_frozen() {
        told("ben", "freeze all for 2h because the data centre moves");
        told("ben", "freeze relay because release day");
        told("ben", "lock shop because we look into 2.0");
        String status = ((Reply.Told) says("li", "status")).message().blocks().toString();
        assertThat(status)
                .contains("the whole site")
                .contains("the data centre moves")
                .contains("release day")
                .contains("we look into 2.0");
    }

    @Test
    void what_ran_when_a_person_locked_it_is_what_may_go_on_running() {
        var seen = new TargetEvent.Seen(clock.instant(), "sha256:aa", "repo:1", "1", "1");
        store.journal().append(RELAY, List.of(seen));
        told("ben", "lock relay because we look into 2.0");
        var later = new TargetEvent.Seen(clock.instant(), "sha256:bb", "repo:2", "2", "2");
        store.journal().append(RELAY, List.of(later));
        assertThat(Ledger.of(store.journal().read(RELAY)).lockedOn()).contains("sha256:aa");
    }
}
