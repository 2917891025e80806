package backout.run;

import backout.approval.Vote;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Scenario.Change;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A run in a simulated world, driven to its end by people and processes that may die or stall
 * anywhere.
 */
final class Drive {
    static final RunId ID = new RunId("7F3KQ");

    final HandClock clock = new HandClock();
    final World world;
    final MemoryJournal journal;
    private final MemoryLeases leases = new MemoryLeases(clock);
    private final Scenario scenario;

    private final List<TargetName> others;

    Drive(Scenario scenario, Consumer<String> boundary) {
        this(scenario, boundary, List.of());
    }

    /**
     * @param others the second target, or none
     */
    Drive(Scenario scenario, Consumer<String> boundary, List<TargetName> others) {
        this.scenario = scenario;
        this.others = others;
        this.world = new World(scenario, boundary);
        if (!others.isEmpty()) {
            var _ = this.world.withSecond();
        }
        this.world.meanwhile = this::cancel;
        this.journal = new MemoryJournal(leases, boundary);
    }

    MemoryLeases process() {
        return leases.another();
    }

    Runner runner(MemoryLeases process) {
        return new Runner(
                World.site(scenario),
                new Executors(Map.of("sim", world), clock),
                journal,
                process,
                clock,
                () -> clock.instant().toEpochMilli() * 1_000_000,
                clock::pass);
    }

    Run run() {
        return Run.of(journal.read(ID));
    }

    /** Asks; a face that hears nothing asks again with the same delivery. */
    void ask() {
        var request =
                new RunEvent.Requested(
                        clock.instant(),
                        ID,
                        "delivery-1",
                        "anna",
                        World.NAME,
                        "sim",
                        "sim relay",
                        "5xx",
                        Map.of(),
                        "",
                        "",
                        others,
                        null);
        again(() -> journal.begin(request));
    }

    Journal.Begun begin(RunId run, TargetName target) {
        return journal.begin(
                new RunEvent.Requested(
                        clock.instant(),
                        run,
                        "delivery of " + run,
                        "anna",
                        target,
                        "sim",
                        "sim " + target.name(),
                        "5xx",
                        Map.of(),
                        ""));
    }

    /** What people do when the run waits for them; what nobody does lets the time pass. */
    void answer(Instant until) {
        Run run = run();
        Instant now = clock.instant();
        String plan = run.plan().hash();
        Boolean vote = vote(run);
        if (!run.isConfirmed() && !isSilent(run)) {
            say(run, new RunEvent.Confirmed(now, "anna", plan));
        } else if (run.isConfirmed() && vote != null && run.votes().isEmpty()) {
            say(run, new RunEvent.Voted(now, new Vote(now, "ben", 2, vote, plan, "")));
        } else if (run.question().isPresent() && scenario.answer() != null) {
            say(run, new RunEvent.Answered(now, "ben", scenario.answer(), ""));
        } else {
            clock.pass(Duration.between(now, until));
        }
    }

    /** The plan that will change is approved; somebody edits the files just before. */
    private @Nullable Boolean vote(Run run) {
        if (run.hasBegunSwitch()) {
            return null;
        }
        if (scenario.change() == Change.NONE || !run.planChanges().isEmpty()) {
            return scenario.vote();
        }
        if (run.isConfirmed()) {
            world.edit();
        }
        return true;
    }

    private boolean isSilent(Run run) {
        return scenario.change() == Change.UNCONFIRMED && !run.planChanges().isEmpty();
    }

    private void cancel() {
        Run run = run();
        boolean said = run.events().stream().anyMatch(RunEvent.Cancelled.class::isInstance);
        if (scenario.change() == Change.CANCELLED && !said) {
            say(run, new RunEvent.Cancelled(clock.instant(), "anna", ""));
        }
    }

    private void say(Run run, RunEvent event) {
        again(() -> journal.append(ID, run.version(), List.of(event), List.of(), null));
    }

    /**
     * Who dies or is overtaken while they speak looks again, and says it again where it is not
     * there.
     */
    private static void again(Runnable saying) {
        try {
            saying.run();
        } catch (Crash crash) {
            again(saying);
        } catch (Journal.Overtaken somethingHappened) {
            return;
        }
    }

    List<TargetEvent> about() {
        return journal.read(World.NAME);
    }

    List<TargetEvent> about(TargetName target) {
        return journal.read(target);
    }
}
