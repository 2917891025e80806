package backout.run;

import backout.approval.Decision;
import backout.language.Phrase;
import backout.plan.Part;
import backout.plan.Plan;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.Outcome.Result;
import backout.run.RunEvent.Answer;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a run goes next, from what happened and the time alone: the whole state machine. It reads
 * downwards as a run goes: plan, confirmation and votes, switch, proof, soak, undo, end.
 */
final class Course {
    /** An older baseline says little about what the service was like just before the switch. */
    private static final Duration BASELINE_AGE = Duration.ofMinutes(5);

    private final Run run;
    private final Instant now;

    Course(Run run, Instant now) {
        this.run = run;
        this.now = now;
    }

    Next next() {
        if (run.unreadable().isPresent()) {
            return halt(run.unreadable().get());
        }
        if (run.outcome().isPresent()) {
            return new Next.Nothing();
        }
        if (run.planned().isEmpty()) {
            return run.former()
                    .flatMap(former -> cleanUp(former.plan()))
                    .orElseGet(this::withoutPlan);
        }
        if (!run.hasBegunSwitch()) {
            return beforeSwitch(run.planned().get());
        }
        return run.undo()
                .map(this::undoing)
                .or(() -> Hold.of(run).takingBack())
                .orElseGet(this::switching);
    }

    private static Next halt(RunEvent.Unreadable event) {
        return new Next.Halt(
                Phrase.of(
                        "a newer Backout wrote \"{0}\" (version {1})",
                        event.type(), event.version()));
    }

    private Next withoutPlan() {
        Optional<Outcome> over = Offer.of(run).flatMap(offer -> offer.over(now));
        if (over.isPresent()) {
            return new Next.Finish(over.get());
        }
        Optional<Problem> problem = run.planProblem();
        if (problem.isPresent()) {
            return new Next.Finish(Endings.noPlan(problem.get()));
        }
        return run.cancelled()
                .<Next>map(event -> new Next.Finish(Endings.cancelled(event)))
                .orElseGet(Next.MakePlan::new);
    }

    private Next beforeSwitch(RunEvent.Planned planned) {
        Optional<Offer> offer = Offer.of(run);
        if (offer.isPresent()) {
            return offer.get().next(now);
        }
        var ballot = new Ballot(run, planned, now);
        Optional<Outcome> stop = Offer.recovered(run).or(ballot::whyNot);
        if (stop.isPresent()) {
            return cleanUp(planned.plan()).orElseGet(() -> new Next.Finish(stop.get()));
        }
        if (!run.isConfirmed()) {
            return new Next.Wait(
                    planned.until(), Phrase.of("confirmation by {0}", run.requester()));
        }
        return ballot.call().orElseGet(() -> preparing(planned, ballot));
    }

    private Next preparing(RunEvent.Planned planned, Ballot ballot) {
        for (int step : planned.plan().indexes(Phase.PREPARE)) {
            if (!run.track(step).done(Leg.FORWARD)) {
                return new Next.Perform(step, Leg.FORWARD);
            }
        }
        return run.checked(Moment.BASELINE).isPresent() || run.request().isEmergency()
                ? voted(ballot)
                : new Next.Check(Moment.BASELINE);
    }

    /** Nobody waits in an emergency for a look at what is known to be unwell. */
    private boolean isBaselineOld() {
        return run.checked(Moment.BASELINE)
                .filter(baseline -> baseline.at().plus(BASELINE_AGE).isBefore(now))
                .isPresent();
    }

    private Next voted(Ballot ballot) {
        return switch (ballot.decision()) {
            case Decision.Pending(int missing, Instant until) ->
                    new Next.Wait(until, Phrase.count(missing, "{0} vote", "{0} votes"));
            case Decision.Approved _ when Hold.of(run).paused(now).isPresent() ->
                    Hold.of(run).waiting(now).orElseThrow();
            case Decision.Approved(List<String> by) ->
                    isBaselineOld() ? new Next.Check(Moment.BASELINE) : new Next.BeginSwitch(by);
            case Decision.Denied _, Decision.Expired _ ->
                    throw new IllegalStateException("whyNot answers a denial and an expiry");
        };
    }

    /** The next preparation that is to be taken back, empty when none is left. */
    private Optional<Next> cleanUp(Plan plan) {
        for (int step : plan.indexes(Phase.PREPARE)) {
            StepTrack track = run.track(step);
            if (track.began(Leg.FORWARD) && !track.ended(Leg.CLEAN_UP)) {
                return Optional.of(new Next.Perform(step, Leg.CLEAN_UP));
            }
        }
        return Optional.empty();
    }

    private Next switching() {
        for (int step : run.plan().indexes(Phase.SWITCH)) {
            StepTrack track = run.track(step);
            if (track.failure(Leg.FORWARD).isPresent()) {
                return afterSwitch(track.failure(Leg.FORWARD).map(Endings::notWorking));
            }
            if (!track.done(Leg.FORWARD)) {
                return paused(track)
                        .or(() -> barrier(run.step(step).target()))
                        .orElseGet(() -> new Next.Perform(step, Leg.FORWARD));
            }
        }
        return hook(Phase.AFTER_SWITCH, _ -> true).orElseGet(() -> afterSwitch(Optional.empty()));
    }

    /** The next hook of these targets that was not run; the end of a bad one is as good as any. */
    private Optional<Next> hook(Phase phase, Predicate<TargetName> of) {
        for (int step : run.plan().indexes(phase)) {
            StepTrack track = run.track(step);
            if (of.test(run.step(step).target()) && !track.ended(Leg.FORWARD)) {
                Optional<Next> wait = run.isUndoing() ? Optional.empty() : paused(track);
                return wait.or(() -> Optional.of(new Next.Perform(step, Leg.FORWARD)));
            }
        }
        return Optional.empty();
    }

    /** What was begun is finished: it is between two states. */
    private Optional<Next> paused(StepTrack track) {
        return track.began(Leg.FORWARD) ? Optional.empty() : Hold.of(run).waiting(now);
    }

    /** A target is switched when all before it are well; empty when it may be. */
    private Optional<Next> barrier(TargetName target) {
        for (Part before : run.plan().partsBefore(target)) {
            Optional<Evidence> read = run.barrier(before.target());
            if (read.isEmpty()) {
                return hook(Phase.AFTER_SWITCH, before.target()::equals)
                        .or(() -> Optional.of(new Next.Barrier(before.target())));
            }
            if (!read.get().isWell()) {
                Phrase why =
                        Phrase.of(
                                "{0} was not switched, for {1} is not well: {2}",
                                target, before.target(), read.get().trouble());
                return Optional.of(afterSwitch(Optional.of(why)));
            }
        }
        return Optional.empty();
    }

    /**
     * @param stopped why not everything was switched; empty when it was
     */
    private Next afterSwitch(Optional<Phrase> stopped) {
        Optional<RunEvent.Checked> after = run.checked(Moment.AFTER_SWITCH);
        if (after.isEmpty()) {
            return new Next.Check(Moment.AFTER_SWITCH);
        }
        if (run.proven().isPresent()) {
            return soaking(run.proven().get());
        }
        Evidence evidence = after.get().evidence();
        if (stopped.isEmpty() && evidence.isWell()) {
            return new Next.Prove();
        }
        return unwell(evidence, stopped.orElseGet(evidence::trouble));
    }

    private Next soaking(RunEvent.Proven proven) {
        Optional<Next> hook = hook(Phase.AFTER_PROOF, _ -> true);
        if (hook.isPresent()) {
            return hook.get();
        }
        Optional<RunEvent.Checked> latest = run.checked(Moment.SOAK);
        Optional<Evidence> evidence = latest.map(RunEvent.Checked::evidence);
        if (evidence.isPresent() && evidence.get().finding() == Evidence.Finding.UNWELL) {
            Phrase trouble = evidence.get().trouble();
            return unwell(evidence.get(), Phrase.of("in the soak, {0}", trouble));
        }
        if (run.cancelled().isPresent()) {
            return closing(Endings.endedEarly(run.plan(), run.cancelled().get()));
        }
        if (now.isBefore(proven.soakUntil())) {
            return new Next.Soak(proven.soakUntil());
        }
        boolean soaks = proven.soakUntil().isAfter(proven.at());
        boolean readAtItsEnd =
                latest.filter(read -> !read.at().isBefore(proven.soakUntil())).isPresent();
        if (soaks && !readAtItsEnd) {
            return new Next.Check(Moment.SOAK);
        }
        if (evidence.isPresent() && evidence.get().finding() == Evidence.Finding.UNKNOWN) {
            return closing(Endings.unknownAfterSoak(evidence.get()));
        }
        if (Forward.is(run)) {
            return closing(Endings.forward(run.plan()));
        }
        Outcome good = soaks ? Endings.held(run.plan()) : Endings.proven(run.plan());
        return closing(Endings.excusing(good, run.plan(), new Blame(run).excuseOfLeft()));
    }

    /**
     * Undone by itself only when clearly worse than before; else a person decides, and silence
     * leaves it as it is.
     */
    private Next unwell(Evidence evidence, Phrase why) {
        if (run.answered().isPresent()) {
            RunEvent.Answered answered = run.answered().get();
            return answered.answer() == Answer.UNDO
                    ? new Next.Undo(answered.by(), why)
                    : closing(Endings.kept(Phrase.of("kept by {0}", answered.by()), why));
        }
        if (run.asked().isPresent()) {
            Instant until = run.asked().get().until();
            return now.isBefore(until)
                    ? new Next.Wait(until, Phrase.of("an answer: undo or keep"))
                    : closing(Endings.left(evidence, why));
        }
        boolean worse =
                run.checked(Moment.BASELINE)
                        .filter(baseline -> evidence.isWorseThan(baseline.evidence()))
                        .isPresent();
        return worse
                ? new Next.Undo("backout", Phrase.of("{0}; that is worse than before", why))
                : new Next.Ask(why);
    }

    private Next undoing(RunEvent.UndoDecided undo) {
        for (int step : run.plan().undo()) {
            StepTrack track = run.track(step);
            if (!track.began(Leg.FORWARD) || track.done(Leg.UNDO)) {
                continue;
            }
            var failure = track.failure(Leg.UNDO);
            return failure.isPresent()
                    ? closing(Endings.undoFailed(failure.get()))
                    : new Next.Perform(step, Leg.UNDO);
        }
        if (run.checked(Moment.AFTER_UNDO).isEmpty()) {
            return hook(Phase.AFTER_UNDO, target -> RunProof.hasBegun(run, target))
                    .orElseGet(() -> new Next.Check(Moment.AFTER_UNDO));
        }
        return closing(Endings.undone(run.plan(), undo.why(), new Blame(run).excuse()));
    }

    /**
     * Every target is read once more before the end; what is not where it should be outweighs what
     * was believed.
     */
    private Next closing(Outcome outcome) {
        if (run.settled().isEmpty()) {
            return new Next.Settle();
        }
        List<Phrase> amiss = run.settled().get().amiss();
        boolean believed = outcome.result() == Result.PROVEN || outcome.result() == Result.UNDONE;
        return amiss.isEmpty() || !believed
                ? new Next.Finish(outcome)
                : new Next.Finish(Endings.amiss(amiss));
    }
}
