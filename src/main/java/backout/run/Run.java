package backout.run;

import backout.approval.Decision;
import backout.approval.Vote;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.problem.Problem;
import backout.run.Outcome.Result;
import backout.run.RunEvent.Answer;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run, folded from its events. {@link #next} is the whole state machine: what is needed next
 * follows from the events and the time alone.
 */
public final class Run {
    /** An older baseline says little about what the service was like just before the switch. */
    static final Duration BASELINE_AGE = Duration.ofMinutes(5);

    private final List<RunEvent> events;
    private final List<Vote> votes = new ArrayList<>();
    private final List<StepTrack> tracks = new ArrayList<>();
    private final Map<Moment, RunEvent.Checked> checked = new EnumMap<>(Moment.class);
    private final List<Phrase> planChanges = new ArrayList<>();
    private RunEvent.@Nullable Requested requested;
    private RunEvent.@Nullable Planned planned;
    private RunEvent.@Nullable Planned former;
    private @Nullable Problem planProblem;
    private RunEvent.@Nullable Confirmed confirmed;
    private RunEvent.@Nullable Cancelled cancelled;
    private RunEvent.@Nullable SwitchBegan switchBegan;
    private RunEvent.@Nullable Proven proven;
    private RunEvent.@Nullable UndoDecided undo;
    private RunEvent.@Nullable Asked asked;
    private RunEvent.@Nullable Answered answered;
    private RunEvent.@Nullable Settled settled;
    private RunEvent.@Nullable Finished finished;
    private RunEvent.@Nullable Unreadable unreadable;

    private Run(List<RunEvent> events) {
        this.events = List.copyOf(events);
        this.events.forEach(this::fold);
    }

    /**
     * @param events the run's events in order, at least the {@link RunEvent.Requested}
     */
    public static Run of(List<RunEvent> events) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a run has at least its request");
        }
        return new Run(events);
    }

    private void fold(RunEvent event) {
        switch (event) {
            case RunEvent.Requested e -> requested = e;
            case RunEvent.Planned e -> plan(e);
            case RunEvent.PlanFailed e -> planProblem = e.problem();
            case RunEvent.Confirmed e -> confirm(e);
            case RunEvent.Voted e -> votes.add(e.vote());
            case RunEvent.Cancelled e -> cancelled = e;
            case RunEvent.StepBegan e -> tracks.get(e.step()).fold(e);
            case RunEvent.ReceiptKept e -> tracks.get(e.step()).fold(e);
            case RunEvent.StepDone e -> tracks.get(e.step()).fold(e);
            case RunEvent.StepFailed e -> tracks.get(e.step()).fold(e);
            case RunEvent.SwitchBegan e -> switchBegan = e;
            case RunEvent.PlanChanged e -> giveUpPlan(e);
            case RunEvent.Checked e -> checked.put(e.moment(), e);
            case RunEvent.Proven e -> proven = e;
            case RunEvent.UndoDecided e -> undo = e;
            case RunEvent.Asked e -> asked = e;
            case RunEvent.Answered e -> answer(e);
            case RunEvent.Settled e -> settled = e;
            case RunEvent.Finished e -> finished = e;
            case RunEvent.Unreadable e -> unreadable = e;
        }
    }

    private void plan(RunEvent.Planned event) {
        planned = event;
        former = null;
        tracks.clear();
        event.plan().steps().forEach(_ -> tracks.add(new StepTrack()));
    }

    /** A confirmation of another plan, or one that came too late, confirms nothing. */
    private void confirm(RunEvent.Confirmed event) {
        boolean counts =
                planned != null
                        && event.plan().equals(planned.plan().hash())
                        && event.at().isBefore(confirmUntil(planned));
        if (counts && confirmed == null) {
            confirmed = event;
        }
    }

    /** The first answer stands; one without a question is none. */
    private void answer(RunEvent.Answered event) {
        if (asked != null && answered == null && event.at().isBefore(asked.until())) {
            answered = event;
        }
    }

    /** Its tracks stay until the next plan is made: what it prepared is to be cleaned up. */
    private void giveUpPlan(RunEvent.PlanChanged event) {
        planChanges.addAll(event.reasons());
        former = planned;
        planned = null;
        confirmed = null;
        checked.clear();
    }

    /** What the run needs next, from its events and the time alone. */
    public Next next(Instant now) {
        if (unreadable != null) {
            return new Next.Halt(
                    Phrase.of(
                            "a newer Backout wrote \"{0}\" (version {1})",
                            unreadable.type(), unreadable.version()));
        }
        if (finished != null) {
            return new Next.Nothing();
        }
        if (planned == null) {
            return former == null
                    ? withoutPlan()
                    : cleanUp(former.plan()).orElseGet(this::withoutPlan);
        }
        if (switchBegan == null) {
            return beforeSwitch(planned, now);
        }
        return undo == null ? switching(now) : undoing(planned.plan());
    }

    private Next withoutPlan() {
        if (planProblem != null) {
            return new Next.Finish(
                    new Outcome(
                            Result.NOTHING_CHANGED,
                            Phrase.of("There is no safe plan: {0}", planProblem.what()),
                            planProblem.next()));
        }
        return cancelled == null
                ? new Next.MakePlan()
                : new Next.Finish(
                        Endings.notApproved(Phrase.of("cancelled by {0}", cancelled.by())));
    }

    private Next beforeSwitch(RunEvent.Planned planned, Instant now) {
        Optional<Outcome> stop = whyNot(planned, now);
        if (stop.isPresent()) {
            return cleanUp(planned.plan()).orElseGet(() -> new Next.Finish(stop.get()));
        }
        if (confirmed == null) {
            return new Next.Wait(
                    confirmUntil(planned), Phrase.of("confirmation by {0}", requester()));
        }
        for (int step : planned.plan().indexes(Phase.PREPARE)) {
            if (!tracks.get(step).done(Leg.FORWARD)) {
                return new Next.Perform(step, Leg.FORWARD);
            }
        }
        RunEvent.Checked baseline = checked.get(Moment.BASELINE);
        if (baseline == null) {
            return new Next.Check(Moment.BASELINE);
        }
        return switch (decision(planned, confirmed, now)) {
            case Decision.Pending(int missing, Instant until) ->
                    new Next.Wait(until, Phrase.count(missing, "{0} vote", "{0} votes"));
            case Decision.Approved(List<String> by) ->
                    baseline.at().plus(BASELINE_AGE).isBefore(now)
                            ? new Next.Check(Moment.BASELINE)
                            : new Next.BeginSwitch(by);
            case Decision.Denied _, Decision.Expired _ ->
                    throw new IllegalStateException("whyNot answers a denial and an expiry");
        };
    }

    /** Why it does not go on before anything was touched; empty while it does. */
    private Optional<Outcome> whyNot(RunEvent.Planned planned, Instant now) {
        if (planProblem != null) {
            return Optional.of(Endings.nothingChanged(planProblem));
        }
        for (int step : planned.plan().indexes(Phase.PREPARE)) {
            var failure = tracks.get(step).failure(Leg.FORWARD);
            if (failure.isPresent()) {
                return Optional.of(Endings.nothingChanged(failure.get().problem()));
            }
        }
        if (cancelled != null) {
            return Optional.of(Endings.notApproved(Phrase.of("cancelled by {0}", cancelled.by())));
        }
        if (confirmed == null) {
            return now.isBefore(confirmUntil(planned))
                    ? Optional.empty()
                    : Optional.of(
                            Endings.notApproved(
                                    Phrase.of("{0} did not confirm in time", requester())));
        }
        return switch (decision(planned, confirmed, now)) {
            case Decision.Denied(String by, String reason) ->
                    Optional.of(
                            Endings.notApproved(
                                    reason.isEmpty()
                                            ? Phrase.of("denied by {0}", by)
                                            : Phrase.of("denied by {0}: {1}", by, reason)));
            case Decision.Expired _ ->
                    Optional.of(Endings.notApproved(Phrase.of("nobody approved it in time")));
            case Decision.Pending _, Decision.Approved _ -> Optional.empty();
        };
    }

    private Decision decision(RunEvent.Planned planned, RunEvent.Confirmed confirmed, Instant now) {
        return planned.policy()
                .decide(votes, requester(), planned.plan().hash(), confirmed.at(), now);
    }

    /** The next preparation that is to be taken back, empty when none is left. */
    private Optional<Next> cleanUp(Plan plan) {
        for (int step : plan.indexes(Phase.PREPARE)) {
            StepTrack track = tracks.get(step);
            if (track.began(Leg.FORWARD) && !track.ended(Leg.CLEAN_UP)) {
                return Optional.of(new Next.Perform(step, Leg.CLEAN_UP));
            }
        }
        return Optional.empty();
    }

    private Next switching(Instant now) {
        for (int step : plan().indexes(Phase.SWITCH)) {
            StepTrack track = tracks.get(step);
            if (track.failure(Leg.FORWARD).isPresent()) {
                return afterSwitch(track.failure(Leg.FORWARD), now);
            }
            if (!track.done(Leg.FORWARD)) {
                return new Next.Perform(step, Leg.FORWARD);
            }
        }
        return afterSwitch(Optional.empty(), now);
    }

    private Next afterSwitch(Optional<RunEvent.StepFailed> failure, Instant now) {
        RunEvent.Checked after = checked.get(Moment.AFTER_SWITCH);
        if (after == null) {
            return new Next.Check(Moment.AFTER_SWITCH);
        }
        if (proven != null) {
            return soaking(proven, now);
        }
        if (failure.isEmpty() && after.evidence().isWell()) {
            return new Next.Prove();
        }
        Phrase why =
                failure.map(failed ->
                                Phrase.of(
                                        "step {0} did not work: {1}",
                                        failed.step() + 1, failed.problem().what()))
                        .orElseGet(() -> Endings.trouble(after.evidence()));
        return unwell(after.evidence(), why, now);
    }

    private Next soaking(RunEvent.Proven proven, Instant now) {
        RunEvent.Checked latest = checked.get(Moment.SOAK);
        if (latest != null && latest.evidence().finding() == Evidence.Finding.UNWELL) {
            return unwell(
                    latest.evidence(),
                    Phrase.of("in the soak, {0}", Endings.trouble(latest.evidence())),
                    now);
        }
        if (cancelled != null) {
            return closing(Endings.endedEarly(plan(), cancelled.by()));
        }
        boolean soaks = proven.soakUntil().isAfter(proven.at());
        if (now.isBefore(proven.soakUntil())) {
            return new Next.Soak(proven.soakUntil());
        }
        if (soaks && (latest == null || latest.at().isBefore(proven.soakUntil()))) {
            return new Next.Check(Moment.SOAK);
        }
        if (latest != null && latest.evidence().finding() == Evidence.Finding.UNKNOWN) {
            return closing(
                    new Outcome(
                            Result.UNKNOWN,
                            Phrase.of(
                                    "It was proven, but at the end of the soak nobody could tell:"
                                            + " {0}",
                                    Endings.trouble(latest.evidence())),
                            Phrase.of("look at the service yourself")));
        }
        return closing(soaks ? Endings.held(plan()) : Endings.proven(plan()));
    }

    /**
     * Undone by itself only when clearly worse than before; else a person decides, and silence
     * leaves it as it is.
     */
    private Next unwell(Evidence evidence, Phrase why, Instant now) {
        if (answered != null) {
            return answered.answer() == Answer.UNDO
                    ? new Next.Undo(answered.by(), why)
                    : closing(Endings.kept(Phrase.of("kept by {0}", answered.by()), why));
        }
        if (asked != null) {
            return now.isBefore(asked.until())
                    ? new Next.Wait(asked.until(), Phrase.of("an answer: undo or keep"))
                    : closing(Endings.left(evidence, why));
        }
        boolean worse =
                Optional.ofNullable(checked.get(Moment.BASELINE))
                        .map(baseline -> evidence.isWorseThan(baseline.evidence()))
                        .orElse(false);
        return worse
                ? new Next.Undo("backout", Phrase.of("{0}; that is worse than before", why))
                : new Next.Ask(why);
    }

    private Next undoing(Plan plan) {
        for (int step : plan.undo()) {
            StepTrack track = tracks.get(step);
            if (!track.began(Leg.FORWARD) || track.done(Leg.UNDO)) {
                continue;
            }
            var failure = track.failure(Leg.UNDO);
            if (failure.isPresent()) {
                return closing(
                        new Outcome(
                                Result.UNDO_FAILED,
                                Phrase.of(
                                        "The undo did not work at step {0}: {1}",
                                        (step + 1), failure.get().problem().what()),
                                failure.get().problem().next()));
            }
            return new Next.Perform(step, Leg.UNDO);
        }
        if (!checked.containsKey(Moment.AFTER_UNDO)) {
            return new Next.Check(Moment.AFTER_UNDO);
        }
        return closing(Endings.undone(plan, undoReason()));
    }

    /**
     * Every target is read once more before the end; what is not where it should be outweighs what
     * was believed.
     */
    private Next closing(Outcome outcome) {
        if (settled == null) {
            return new Next.Settle();
        }
        boolean believed = outcome.result() == Result.PROVEN || outcome.result() == Result.UNDONE;
        if (settled.amiss().isEmpty() || !believed) {
            return new Next.Finish(outcome);
        }
        return new Next.Finish(Endings.amiss(settled.amiss()));
    }

    private Phrase undoReason() {
        return undo == null ? Phrase.NONE : undo.why();
    }

    private static Instant confirmUntil(RunEvent.Planned planned) {
        return planned.at().plus(planned.policy().confirmWithin());
    }

    /** How many events it was folded from: what an append expects. */
    public int version() {
        return events.size();
    }

    public List<RunEvent> events() {
        return events;
    }

    public RunEvent.Requested request() {
        if (requested == null) {
            throw new IllegalStateException("the first event of a run is its request");
        }
        return requested;
    }

    public RunId id() {
        return request().run();
    }

    public String requester() {
        return request().requester();
    }

    public Optional<RunEvent.Planned> planned() {
        return Optional.ofNullable(planned);
    }

    /**
     * @throws IllegalStateException when there is no plan yet
     */
    public Plan plan() {
        return planned()
                .orElseThrow(() -> new IllegalStateException("run " + id() + " has no plan"))
                .plan();
    }

    /**
     * A step of the plan; while a changed plan is cleaned up and no other is made, of that one.
     *
     * @throws IllegalStateException when there was no plan yet
     */
    public Step step(int index) {
        Plan plan = former == null ? plan() : former.plan();
        return plan.steps().get(index);
    }

    public boolean isConfirmed() {
        return confirmed != null;
    }

    public boolean isCancelled() {
        return cancelled != null;
    }

    public boolean hasBegunSwitch() {
        return switchBegan != null;
    }

    public Optional<RunEvent.Proven> proven() {
        return Optional.ofNullable(proven);
    }

    /** The time from which votes count; empty until the requester confirmed. */
    public Optional<Instant> confirmedAt() {
        return Optional.ofNullable(confirmed).map(RunEvent.Confirmed::at);
    }

    /** Why no plan could be made; empty while one may be. */
    public Optional<Problem> planProblem() {
        return Optional.ofNullable(planProblem);
    }

    /** The open question of the bot, empty when there is none or it is answered. */
    public Optional<RunEvent.Asked> question() {
        return answered == null && finished == null ? Optional.ofNullable(asked) : Optional.empty();
    }

    public Optional<RunEvent.Checked> checked(Moment moment) {
        return Optional.ofNullable(checked.get(moment));
    }

    /** Votes that count for the plan as it is now. */
    public List<Vote> votes() {
        return votes.stream()
                .filter(vote -> planned != null && vote.plan().equals(plan().hash()))
                .toList();
    }

    public List<Phrase> planChanges() {
        return List.copyOf(planChanges);
    }

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(finished).map(RunEvent.Finished::outcome);
    }

    public boolean isUndoing() {
        return undo != null;
    }

    StepTrack track(int step) {
        return tracks.get(step);
    }
}
