package backout.watch;

import static org.assertj.core.api.Assertions.assertThat;

import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Readiness;
import backout.plan.Readiness.Part;
import backout.plan.Readiness.State;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetEvent.StandbySeen;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Executors;
import backout.run.HandClock;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.Proof;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.run.Running;
import backout.run.Scripted;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For two weeks after a switch it is looked each six hours, and told what changed. */
final class StandbyWatchTest {
    private static final TargetName NAME = new TargetName("sim", "relay");
    private static final Duration HOUR = Duration.ofHours(1);

    private final HandClock clock = new HandClock();
    private final MemoryJournal journal = new MemoryJournal(new MemoryLeases(clock));
    private final Places places = new Places();
    private String when = "switched";
    private StandbyWatch watch = watch();

    private static final class Places implements Scripted {
        private State disk = State.WELL;
        private boolean isBroken;
        private int looks;

        @Override
        public Plan plan(Target target, Invocation wanted, Ledger ledger, Deadline by) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public Proof proof(Target target) {
            throw new AssertionError("nobody reads its checks");
        }

        @Override
        public List<Phrase> changed(Target target, Plan plan, Deadline by) {
            return List.of();
        }

        @Override
        public Map<String, Action> actions() {
            return Map.of();
        }

        @Override
        public Optional<Running> sight(Target target, Deadline by) {
            return Optional.empty();
        }

        @Override
        public Optional<Readiness> standby(Target target, Ledger ledger, List<String> checks) {
            looks++;
            if (isBroken) {
                throw Problem.stop(Phrase.of("nobody can look"), Phrase.NONE);
            }
            return Optional.of(
                    new Readiness(
                            List.of(
                                    Part.well(Phrase.of("the machine")),
                                    new Part(
                                            Phrase.of("the disk"),
                                            disk,
                                            Phrase.of("look {0}", looks)))));
        }
    }

    /** Of a process that was just started. */
    private StandbyWatch watch() {
        var settings =
                Map.<String, Object>of(
                        "standby-watch.when", when,
                        "standby-watch.every", Duration.ofHours(6),
                        "standby-watch.for", Duration.ofDays(14));
        var target = new Target(NAME, "local", "p", HOUR, HOUR, List.of(), new Settings(settings));
        var site = new Site(List.of(), Map.of(NAME, target), Map.of(), Map.of());
        var executors = new Executors(Map.of("sim", places), clock);
        return new StandbyWatch(() -> site, executors, journal, clock);
    }

    private void seen(String place) {
        journal.append(
                NAME, List.of(new TargetEvent.Seen(clock.instant(), place, place, place, "")));
    }

    private void hours(int hours) {
        for (int i = 0; i < hours; i++) {
            clock.pass(HOUR);
            watch.look();
        }
    }

    private List<String> told() {
        return journal.read(NAME).stream()
                .filter(StandbySeen.class::isInstance)
                .map(event -> ((StandbySeen) event).readiness().says().toString())
                .toList();
    }

    @Test
    void nobody_looks_before_the_names_were_led_elsewhere_nor_two_weeks_after() {
        seen("vercel");
        hours(24);
        assertThat(places.looks).isZero();
        seen("standby");
        hours(24);
        assertThat(places.looks).isEqualTo(4);
        hours(13 * 24 - 1);
        int all = places.looks;
        hours(48);
        assertThat(places.looks).isEqualTo(all).isEqualTo(14 * 4);
    }

    @Test
    void where_it_is_always_watched_no_switch_is_needed() {
        when = "always";
        watch = watch();
        hours(1);
        assertThat(told()).containsExactly("2 of 2 well");
    }

    @Test
    void only_what_changed_is_told_also_by_another_process() {
        seen("vercel");
        seen("standby");
        hours(12);
        places.disk = State.UNWELL;
        hours(6);
        watch = watch();
        hours(12);
        places.disk = State.UNKNOWN;
        hours(6);
        places.disk = State.WELL;
        hours(6);
        assertThat(told())
                .containsExactly(
                        "2 of 2 well",
                        "1 of 2 well. the disk is not: look 3",
                        "1 of 2 well. the disk is unknown: look 6",
                        "2 of 2 well");
    }

    @Test
    void a_look_that_comes_to_nothing_tells_nothing_and_is_tried_again() {
        when = "always";
        watch = watch();
        places.isBroken = true;
        hours(6);
        assertThat(told()).isEmpty();
        places.isBroken = false;
        hours(6);
        assertThat(told()).containsExactly("2 of 2 well");
    }

    @Test
    void while_somebody_rolls_it_back_nothing_that_is_half_done_is_told() {
        when = "always";
        watch = watch();
        var _ =
                journal.begin(
                        new RunEvent.Requested(
                                clock.instant(),
                                new RunId("AAAAA"),
                                "d1",
                                "li",
                                NAME,
                                "sim",
                                "sim relay",
                                "",
                                Map.of(),
                                "",
                                "",
                                List.of(),
                                null));
        hours(12);
        assertThat(places.looks).isZero();
    }
}
