package backout.operations;

import backout.plan.Plan;
import backout.plan.Step.Phase;
import backout.run.CallEvent;
import backout.run.GlassBroken;
import backout.run.HoldEvent;
import backout.run.ProposalEvent;
import backout.run.RunEvent;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts one run's events as they come: the same events always give the same figures. */
final class RunFold {
    /** Where the figures go; every label comes from a short list. */
    interface Figures {
        void finished(String command, String outcome);

        void step(String action, String leg, boolean done, Duration took);

        void phase(String phase, Duration took);

        void downtime(String command, Duration took);

        void checked(String moment, String verdict);
    }

    private record Leap(int step, Leg leg) {}

    private final Figures figures;
    private final List<String> commands;
    private final Map<Leap, Instant> began = new HashMap<>();
    private final Map<String, Instant> marks = new HashMap<>();
    private String command = "other";
    private @Nullable Plan plan;
    private @Nullable Duration downtime;
    private int folded;

    /**
     * @param commands of the site; whatever an old run was asked with besides counts as other
     */
    RunFold(Figures figures, List<String> commands) {
        this.figures = figures;
        this.commands = commands;
    }

    /** Takes what is new among all of the run's events. */
    void take(List<RunEvent> events) {
        events.subList(Math.min(folded, events.size()), events.size()).forEach(this::fold);
        folded = Math.max(folded, events.size());
    }

    private void fold(RunEvent event) {
        switch (event) {
            case RunEvent.Requested e -> {
                command = commands.contains(e.command()) ? e.command() : "other";
                mark("asked", e);
            }
            case RunEvent.Planned e -> {
                plan = e.plan();
                phase("plan", marks.containsKey("changed") ? "changed" : "asked", e);
                mark("planned", e);
            }
            case RunEvent.PlanChanged e -> mark("changed", e);
            case RunEvent.Confirmed e -> {
                phase("confirm", "planned", e);
                mark("confirmed", e);
            }
            case RunEvent.SwitchBegan e -> {
                phase("prepare-and-approve", "confirmed", e);
                mark("switch", e);
            }
            case RunEvent.StepBegan e -> began.put(new Leap(e.step(), e.leg()), e.at());
            case RunEvent.StepDone e -> step(e.step(), e.leg(), true, e);
            case RunEvent.StepFailed e -> step(e.step(), e.leg(), false, e);
            case RunEvent.Checked e -> checked(e);
            case RunEvent.Proven e -> {
                phase("verify", "switched", e);
                mark("proven", e);
            }
            case RunEvent.UndoDecided e -> mark("undo", e);
            case RunEvent.Finished e -> {
                tellDowntime();
                phase("soak", "proven", e);
                phase("whole", "asked", e);
                figures.finished(command, word(e.outcome().result()));
            }
            case CallEvent _,
                    HoldEvent _,
                    GlassBroken _,
                    ProposalEvent _,
                    RunEvent.PlanFailed _,
                    RunEvent.Voted _,
                    RunEvent.BarrierRead _,
                    RunEvent.VotesLapsed _,
                    RunEvent.Cancelled _,
                    RunEvent.ReceiptKept _,
                    RunEvent.Asked _,
                    RunEvent.Answered _,
                    RunEvent.Settled _,
                    RunEvent.Unreadable _ -> {}
        }
    }

    private void checked(RunEvent.Checked event) {
        event.evidence()
                .rows()
                .forEach(row -> figures.checked(word(event.moment()), word(row.finding())));
        if (event.moment() == Moment.AFTER_UNDO) {
            phase("undo", "undo", event);
        }
        event.silence().ifPresent(time -> downtime = time);
        if (event.evidence().isWell() || event.moment() == Moment.AFTER_UNDO) {
            tellDowntime();
        }
    }

    /** Once a run, when it is known whether an undo makes it longer; never what nobody measured. */
    private void tellDowntime() {
        if (downtime != null) {
            figures.downtime(command, downtime);
            downtime = null;
        }
    }

    private void step(int index, Leg leg, boolean done, RunEvent event) {
        Instant from = began.remove(new Leap(index, leg));
        if (plan == null || from == null) {
            return;
        }
        var step = plan.steps().get(index);
        figures.step(step.action(), word(leg), done, between(from, event.at()));
        boolean last = plan.indexes(Phase.SWITCH).stream().noneMatch(other -> other > index);
        if (leg == Leg.FORWARD && step.phase() == Phase.SWITCH && (last || !done)) {
            phase("switch", "switch", event);
            mark("switched", event);
        }
    }

    private void mark(String name, RunEvent event) {
        marks.put(name, event.at());
    }

    private void phase(String phase, String since, RunEvent event) {
        Instant from = since.equals("asked") ? marks.get(since) : marks.remove(since);
        if (from != null) {
            figures.phase(phase, between(from, event.at()));
        }
    }

    /** A clock that was set back meanwhile gives no time below nothing. */
    private static Duration between(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        return time.isNegative() ? Duration.ZERO : time;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
