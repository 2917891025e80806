package backout.run;

import backout.approval.Escalation;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import java.time.Instant;
import java.util.List;

/**
 * What a run needs next. Only {@link Course} makes one, for {@link Run#next}; {@link Runner} is the
 * only one that obeys.
 */
public sealed interface Next {
    record MakePlan() implements Next {}

    /** Nothing to do before {@code until} unless somebody says something, or is to be called. */
    record Wait(Instant until, Phrase what) implements Next {}

    /** A proposal that nobody vetoed is begun by the bot itself. */
    record TakeUp() implements Next {}

    /** Somebody is to be called, or the time of who was at work on it is over. */
    record Call(Escalation.Due due) implements Next {}

    record Perform(int step, Leg leg) implements Next {}

    record Check(Moment moment) implements Next {}

    /** Read one target before the next one is switched. */
    record Barrier(TargetName target) implements Next {}

    /** Look whether the plan still holds, then begin the switch. */
    record BeginSwitch(List<String> approvedBy) implements Next {}

    record Prove() implements Next {}

    /** Check now and then until {@code until}. */
    record Soak(Instant until) implements Next {}

    record Undo(String by, Phrase why) implements Next {}

    record Ask(Phrase why) implements Next {}

    record Settle() implements Next {}

    record Finish(Outcome outcome) implements Next {}

    /** Written by a newer Backout: hands off. */
    record Halt(Phrase why) implements Next {}

    record Nothing() implements Next {}
}
