package backout.run;

import backout.approval.Vote;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.RunEvent.Moment;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened to a run, folded from its events. Where it goes next says {@link Course}. */
public final class Run {
    private final List<RunEvent> events;
    private final List<Vote> votes = new ArrayList<>();
    private final List<StepTrack> tracks = new ArrayList<>();
    private final Map<Moment, RunEvent.Checked> checked = new EnumMap<>(Moment.class);
    private final Map<TargetName, Evidence> barriers = new HashMap<>();
    private final List<Phrase> planChanges = new ArrayList<>();
    private RunEvent.@Nullable Requested requested;
    private RunEvent.@Nullable Planned planned;
    private String planHash = "";
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
    private ProposalEvent.@Nullable TakenUp takenUp;

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
            case GlassBroken e -> confirm(e.confirmed());
            case RunEvent.Voted e -> votes.add(current(e.vote()));
            case RunEvent.VotesLapsed e -> votes.removeIf(vote -> e.by().contains(vote.by()));
            case RunEvent.Cancelled e -> cancelled = e;
            case RunEvent.StepBegan e -> tracks.get(e.step()).fold(e);
            case RunEvent.ReceiptKept e -> tracks.get(e.step()).fold(e);
            case RunEvent.StepDone e -> tracks.get(e.step()).fold(e);
            case RunEvent.StepFailed e -> tracks.get(e.step()).fold(e);
            case RunEvent.SwitchBegan e -> switchBegan = e;
            case RunEvent.PlanChanged e -> giveUpPlan(e);
            case RunEvent.Checked e -> checked.put(e.moment(), e);
            case RunEvent.BarrierRead e -> barriers.put(e.target(), e.evidence());
            case RunEvent.Proven e -> proven = e;
            case RunEvent.UndoDecided e -> undo = e;
            case RunEvent.Asked e -> asked = e;
            case RunEvent.Answered e -> answer(e);
            case RunEvent.Settled e -> settled = e;
            case RunEvent.Finished e -> finished = e;
            case RunEvent.Unreadable e -> unreadable = e;
            case ProposalEvent.TakenUp e -> takenUp = e;
            case ProposalEvent _ -> {} // folded by Offer
            case CallEvent _ -> {} // folded by Calls
            case HoldEvent _ -> {} // folded by Hold
        }
    }

    private void plan(RunEvent.Planned event) {
        planned = event;
        planHash = event.plan().hash();
        former = null;
        tracks.clear();
        event.plan().steps().forEach(_ -> tracks.add(new StepTrack()));
    }

    private Vote current(Vote vote) {
        return isMeantBy(vote.plan()) ? vote.on(planHash) : vote;
    }

    private boolean isMeantBy(String hash) {
        return planned != null && (hash.equals(planHash) || planned.plan().isMeantBy(hash));
    }

    /** A confirmation of another plan, or one that came too late, confirms nothing. */
    private void confirm(RunEvent.Confirmed event) {
        boolean late = planned != null && !event.at().isBefore(planned.until());
        if (confirmed == null && isMeantBy(event.plan()) && (takenUp != null || !late)) {
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
        takenUp = isAutomatic() ? null : takenUp;
        checked.clear();
        barriers.clear();
    }

    /** What the run needs next, from its events and the time alone; {@link Course} decides it. */
    public Next next(Instant now) {
        return new Course(this, now).next();
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
        return takenUp == null ? request().requester() : takenUp.by();
    }

    /** Whether nobody vetoed what the bot announced. */
    public boolean isAutomatic() {
        return takenUp != null && takenUp.isAutomatic();
    }

    public Optional<RunEvent.Planned> planned() {
        return Optional.ofNullable(planned)
                .map(it ->
                        isAutomatic() || GlassBroken.now(this).isPresent()
                                ? it.withoutVotes()
                                : it);
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

    /** The plan that was given up, while no other is made. */
    Optional<RunEvent.Planned> former() {
        return Optional.ofNullable(former);
    }

    public boolean isConfirmed() {
        return confirmed != null;
    }

    /** Who stopped it, or ended its soak. */
    public Optional<RunEvent.Cancelled> cancelled() {
        return Optional.ofNullable(cancelled);
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

    /** The question of the bot, answered or not. */
    Optional<RunEvent.Asked> asked() {
        return Optional.ofNullable(asked);
    }

    /** The answer that stands. */
    public Optional<RunEvent.Answered> answered() {
        return Optional.ofNullable(answered);
    }

    /** The last look at every target, empty before it. */
    Optional<RunEvent.Settled> settled() {
        return Optional.ofNullable(settled);
    }

    /** What a newer Backout wrote, if anything. */
    Optional<RunEvent.Unreadable> unreadable() {
        return Optional.ofNullable(unreadable);
    }

    public Optional<RunEvent.Checked> checked(Moment moment) {
        return Optional.ofNullable(checked.get(moment));
    }

    /** What was read of a target before the next one was switched. */
    Optional<Evidence> barrier(TargetName target) {
        return Optional.ofNullable(barriers.get(target));
    }

    /** What the checks saw of the release that it went to, before an undo took it back. */
    public Optional<RunEvent.Checked> failed() {
        return checked(Moment.SOAK)
                .filter(read -> !read.evidence().isWell())
                .or(() -> checked(Moment.AFTER_SWITCH));
    }

    /** Votes that count for the plan as it is now. */
    public List<Vote> votes() {
        return votes.stream()
                .filter(vote -> planned != null && vote.plan().equals(planHash))
                .toList();
    }

    /** Of the last plan; empty before there is one. */
    String planHash() {
        return planHash;
    }

    public List<Phrase> planChanges() {
        return List.copyOf(planChanges);
    }

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(finished).map(RunEvent.Finished::outcome);
    }

    public boolean isUndoing() {
        return undo().isPresent();
    }

    Optional<RunEvent.UndoDecided> undo() {
        return Optional.ofNullable(undo);
    }

    StepTrack track(int step) {
        return tracks.get(step);
    }
}
