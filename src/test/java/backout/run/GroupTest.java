package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Invocation;
import backout.command.Site;
import backout.fixture.Effort;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.Evidence.Finding;
import backout.run.Outcome.Result;
import backout.run.Scenario.Wreck;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Two targets of two kinds, rolled back by one command of the group that they are in. */
class GroupTest {
    private static final TargetName WEB = new TargetName("other", "web");

    private record End(Result result, Map<String, String> places, Map<String, Integer> arrivals) {}

    /** A world with both, and the processes that work on it. */
    private static final class Group {
        private final HandClock clock = new HandClock();
        private final MemoryLeases leases = new MemoryLeases(clock);
        private final World world;
        private final MemoryJournal journal;
        private final Scenario scenario;
        private final List<String> refusing;

        Group(Scenario scenario, List<String> refusing, Consumer<String> boundary) {
            this.scenario = scenario;
            this.refusing = refusing;
            world = new World(scenario, boundary).withSecond();
            world.only = WEB;
            journal = new MemoryJournal(leases, boundary);
            begin();
        }

        /** Whoever dies while they ask asks again with the same delivery. */
        private void begin() {
            try {
                journal.begin(request());
            } catch (Crash crash) {
                begin();
            }
        }

        private RunEvent.Requested request() {
            return new RunEvent.Requested(
                    clock.instant(),
                    Drive.ID,
                    "delivery-1",
                    "anna",
                    World.NAME,
                    "group",
                    "group shop",
                    "5xx",
                    Map.of("group", "shop"),
                    "",
                    "",
                    List.of(WEB),
                    null);
        }

        Runner runner(MemoryLeases process) {
            return new Runner(
                    () -> site(scenario),
                    new Executors(
                            Map.of("sim", new Member("sim"), "other", new Member("other")), clock),
                    journal,
                    process,
                    clock,
                    () -> clock.instant().toEpochMilli() * 1_000_000,
                    clock::pass);
        }

        Run run() {
            return Run.of(journal.read(Drive.ID));
        }

        /** Whoever dies while they speak looks again, and says it again where it is not there. */
        void answer(Instant until) {
            try {
                say(until);
            } catch (Crash crash) {
                answer(until);
            }
        }

        private void say(Instant until) {
            Run run = run();
            if (!run.isConfirmed() && run.planned().isPresent()) {
                var confirmed = new RunEvent.Confirmed(clock.instant(), "anna", run.plan().hash());
                journal.append(Drive.ID, run.version(), List.of(confirmed), List.of(), null);
            } else if (run.isConfirmed() && run.votes().isEmpty()) {
                Instant now = clock.instant();
                var yes = new Vote(now, "ben", 2, true, run.plan().hash(), "");
                var voted = new RunEvent.Voted(now, yes);
                journal.append(Drive.ID, run.version(), List.of(voted), List.of(), null);
            } else {
                clock.pass(Duration.between(clock.instant(), until));
            }
        }

        /** One kind of the world, which may see no way back. */
        private final class Member implements Scripted {
            private final String kind;

            Member(String kind) {
                this.kind = kind;
            }

            @Override
            public Plan plan(Target target, Invocation wanted, Ledger ledger, Deadline by) {
                assertThat(wanted.command().kind()).isEqualTo(kind);
                assertThat(wanted.command().name()).isEqualTo("group");
                if (refusing.contains(kind)) {
                    throw Problem.stop(
                            Phrase.of("no room for the image"), Phrase.of("make some room"));
                }
                return world.plan(target, wanted, ledger, by);
            }

            @Override
            public List<Phrase> changed(Target target, Plan plan, Deadline by) {
                return world.changed(target, plan, by);
            }

            @Override
            public Map<String, Action> actions() {
                return world.actions();
            }

            @Override
            public Proof proof(Target target) {
                return world.proof(target);
            }

            @Override
            public Optional<Running> sight(Target target, Deadline by) {
                return world.sight(target, by);
            }
        }
    }

    /** The second target meets what the scenario says, the first one is well. */
    @Test
    void both_are_rolled_back_in_their_order_or_neither_wherever_a_process_dies() {
        int crashes = 0;
        for (Scenario one :
                List.of(
                        scenario("", Finding.WELL),
                        scenario("", Finding.UNWELL),
                        scenario("sim.box", Finding.UNWELL))) {
            int[] seen = {0};
            End smooth = end(new Group(one, List.of(), _ -> seen[0]++));
            boolean well = one.equals(scenario("", Finding.WELL));
            assertThat(smooth.result()).isEqualTo(well ? Result.PROVEN : Result.UNDONE);
            assertThat(smooth.places().values()).containsOnly(well ? "good" : "bad");
            assertThat(smooth.arrivals().values()).containsOnly(1);
            for (int at = 0; at < seen[0]; at += Effort.stride()) {
                int[] left = {at};
                var group = new Group(one, List.of(), boundary -> crashAt(left, boundary));
                assertThat(end(group)).as("%s, dead at %d", one, at).isEqualTo(smooth);
                crashes++;
            }
        }
        assertThat(crashes).isGreaterThan(Effort.of(60));
    }

    private static void crashAt(int[] left, String boundary) {
        if (left[0]-- == 0) {
            throw new Crash(boundary);
        }
    }

    @Test
    void everything_is_prepared_before_the_first_switch_and_the_next_waits_for_the_one_before() {
        var group = new Group(scenario("", Finding.WELL), List.of(), _ -> {});
        end(group);
        Run run = group.run();
        assertThat(run.plan().command()).isEqualTo("sim");
        assertThat(run.plan().steps().stream().map(Step::target))
                .containsExactly(
                        World.NAME, World.NAME, WEB, WEB, World.NAME, World.NAME, WEB, WEB);
        assertThat(run.events().stream().filter(RunEvent.BarrierRead.class::isInstance)).hasSize(1);
        assertThat(run.planned().orElseThrow().policy())
                .extracting(Policy::name, Policy::votes)
                .containsExactly("two+none", 1);
    }

    /** What was looked at first is not touched for the sake of what cannot be done. */
    @Test
    void a_preflight_of_one_that_is_refused_changes_nothing_anywhere() {
        for (List<String> refusing :
                List.of(List.of("other"), List.of("sim"), List.of("sim", "other"))) {
            var group = new Group(scenario("", Finding.WELL), refusing, _ -> {});
            End end = end(group);
            assertThat(end.result()).isEqualTo(Result.NOTHING_CHANGED);
            assertThat(end.arrivals()).isEmpty();
            assertThat(end.places().values()).containsOnly("bad");
            assertThat(group.run().planProblem().orElseThrow().what().toString())
                    .isEqualTo(
                            refusing.stream()
                                    .map(kind ->
                                            (kind.equals("sim") ? "sim/relay" : "other/web")
                                                    + ": no room for the image")
                                    .collect(Collectors.joining("; ")));
        }
    }

    private static Site site(Scenario scenario) {
        Site simulated = World.site(scenario);
        var commands = new ArrayList<>(simulated.commands());
        commands.add(command("other", "[TARGET]", "rollback", "other"));
        commands.add(command("group", "GROUP [because REASON...]", "group", ""));
        var targets = new TreeMap<>(simulated.targets());
        targets.put(
                WEB,
                new Target(
                        WEB,
                        "local",
                        "none",
                        Duration.ofMinutes(5),
                        Duration.ZERO,
                        List.of(),
                        new Settings(Map.of())));
        var policies = new TreeMap<>(simulated.policies());
        Duration minutes = Duration.ofMinutes(10);
        policies.put("none", new Policy("none", 0, 1, minutes, minutes, minutes, false));
        return new Site(
                commands,
                targets,
                simulated.people(),
                Map.of(),
                policies,
                Map.of(),
                Map.of("shop", List.of(World.NAME, WEB)),
                simulated.folder(),
                Map.of());
    }

    private static CommandSpec command(String name, String words, String does, String kind) {
        return new CommandSpec(
                name, "", Grammar.of(words), does, kind, 1, List.of(), List.of(), List.of());
    }

    private static Scenario scenario(String failing, Finding after) {
        return new Scenario(failing, Wreck.UNTOUCHED, after, true, "", true, null, null);
    }

    private static End end(Group group) {
        MemoryLeases process = group.leases.another();
        for (int turns = 0; turns < 400; turns++) {
            try {
                switch (group.runner(process).drive(Drive.ID)) {
                    case Parked.Over(Outcome outcome) -> {
                        return new End(
                                outcome.result(),
                                new TreeMap<>(group.world.places),
                                new TreeMap<>(group.world.arrivals));
                    }
                    case Parked.Until(Instant until, int _) -> group.answer(until);
                    case Parked.Elsewhere _ -> throw new AssertionError("nobody else works on it");
                    case Parked.Halted(Phrase why) -> throw new AssertionError(why.toString());
                }
            } catch (Crash crash) {
                process.die();
                process = group.leases.another();
            }
        }
        throw new AssertionError("it never ends: " + group.run().events());
    }
}
