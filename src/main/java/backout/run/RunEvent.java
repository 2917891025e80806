package backout.run;

import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.TargetName;
import backout.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that can happen to a run. Old ones are read for ever, so fields only grow. */
public sealed interface RunEvent
        permits CallEvent,
                GlassBroken,
                HoldEvent,
                ProposalEvent,
                RunEvent.Requested,
                RunEvent.Planned,
                RunEvent.PlanFailed,
                RunEvent.Confirmed,
                RunEvent.Voted,
                RunEvent.VotesLapsed,
                RunEvent.Cancelled,
                RunEvent.StepBegan,
                RunEvent.ReceiptKept,
                RunEvent.StepDone,
                RunEvent.StepFailed,
                RunEvent.SwitchBegan,
                RunEvent.PlanChanged,
                RunEvent.Checked,
                RunEvent.BarrierRead,
                RunEvent.Proven,
                RunEvent.UndoDecided,
                RunEvent.Asked,
                RunEvent.Answered,
                RunEvent.Settled,
                RunEvent.Finished,
                RunEvent.Unreadable {
    Instant at();

    /** Where a step is going. */
    enum Leg {
        FORWARD,
        UNDO,
        CLEAN_UP
    }

    /** When the checks were read. */
    enum Moment {
        BASELINE,
        AFTER_SWITCH,
        SOAK,
        AFTER_UNDO
    }

    /** What a person can answer when the bot asks. */
    enum Answer {
        UNDO,
        KEEP
    }

    /**
     * Somebody said it.
     *
     * @param delivery the face's own id of what was said, so that a repeated delivery finds the
     *     same run
     * @param words as typed
     * @param values the clauses of the command, by key
     * @param place where it was said, as {@link backout.chat.Place#text}; empty for a terminal
     * @param via the face that it came from, as in {@link Vote}
     * @param others further targets, in the order of their switch; empty in older journals
     * @param proposal what the bot saw, where nobody but itself asked; else null
     */
    record Requested(
            Instant at,
            RunId run,
            String delivery,
            String requester,
            TargetName target,
            String command,
            String words,
            String reason,
            Map<String, String> values,
            String place,
            String via,
            List<TargetName> others,
            @Nullable Proposal proposal)
            implements RunEvent {
        /** Among the values: the hash of the plan that was shown before, where one was. */
        public static final String SHOWN_PLAN = "shown-plan";

        public Requested {
            values = Map.copyOf(values);
            others = List.copyOf(others);
        }

        /** All that it is about, in the order in which they are switched. */
        public List<TargetName> targets() {
            return Stream.concat(Stream.of(target), others.stream()).toList();
        }

        /** {@code p1} to {@code p3}, or {@code emergency}; empty where nobody said. */
        public String severity() {
            return values.getOrDefault("severity", "");
        }

        boolean isEmergency() {
            return severity().equals(Site.EMERGENCY);
        }

        /** Whether it holds that target: no other run is begun there. */
        public boolean isAbout(TargetName one) {
            return targets().contains(one);
        }

        public Requested(
                Instant at,
                RunId run,
                String delivery,
                String requester,
                TargetName target,
                String command,
                String words,
                String reason,
                Map<String, String> values,
                String place) {
            this(
                    at, run, delivery, requester, target, command, words, reason, values, place, "",
                    List.of(), null);
        }
    }

    /**
     * The plan with a copy of the policy that was in force.
     *
     * @param onCall who was on call then, by level; empty in older journals
     * @param electors whose word counted then, by their level; empty where nobody votes, and in
     *     older journals, which ask today's people alone
     */
    record Planned(
            Instant at,
            Plan plan,
            Policy policy,
            Duration soak,
            Map<Integer, List<String>> onCall,
            Map<String, Integer> electors)
            implements RunEvent {
        public Planned {
            onCall = Map.copyOf(onCall);
            electors = Map.copyOf(electors);
        }

        public Planned(Instant at, Plan plan, Policy policy, Duration soak) {
            this(at, plan, policy, soak, Map.of(), Map.of());
        }

        /** Until when the requester may confirm it. */
        public Instant until() {
            return at.plus(policy.confirmWithin());
        }

        /** The same where nobody need say yes. */
        Planned withoutVotes() {
            return new Planned(at, plan, policy.withoutVotes(), soak, onCall, electors);
        }
    }

    record PlanFailed(Instant at, Problem problem) implements RunEvent {}

    /** {@code saw} is the plan that they were shown, as in {@link Vote}. */
    record Confirmed(Instant at, String by, String plan, String via, String saw)
            implements RunEvent {
        public Confirmed(Instant at, String by, String plan) {
            this(at, by, plan, "", "");
        }
    }

    record Voted(Instant at, Vote vote) implements RunEvent {}

    /** Some who had said yes are no longer among the people who may: their votes do not count. */
    record VotesLapsed(Instant at, List<String> by) implements RunEvent {
        public VotesLapsed {
            by = List.copyOf(by);
        }
    }

    record Cancelled(Instant at, String by, String reason, String via) implements RunEvent {
        public Cancelled(Instant at, String by, String reason) {
            this(at, by, reason, "");
        }
    }

    record StepBegan(Instant at, int step, Leg leg) implements RunEvent {}

    record ReceiptKept(Instant at, int step, Receipt receipt) implements RunEvent {}

    record StepDone(Instant at, int step, Leg leg, Phrase note) implements RunEvent {}

    /**
     * @param byHand what a person types now, a line each; empty where there is nothing to type
     */
    record StepFailed(
            Instant at, int step, Leg leg, Problem problem, Phrase present, List<Phrase> byHand)
            implements RunEvent {
        public StepFailed {
            byHand = List.copyOf(byHand);
        }
    }

    /** The votes were enough and all that the plan stands on still held: the switch begins. */
    record SwitchBegan(Instant at, List<String> approvedBy) implements RunEvent {
        public SwitchBegan {
            approvedBy = List.copyOf(approvedBy);
        }
    }

    /** What the plan stands on no longer holds: it is cleaned up, another is made and asked for. */
    record PlanChanged(Instant at, List<Phrase> reasons) implements RunEvent {
        public PlanChanged {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * The checks were read.
     *
     * @param downtime how long the service did not answer; null where nobody could measure it
     * @param outage all that was seen of the service from outside since the switch began; null
     *     where nobody watched, and in older journals
     */
    record Checked(
            Instant at,
            Moment moment,
            Evidence evidence,
            @Nullable Duration downtime,
            @Nullable Outage outage)
            implements RunEvent {
        public Checked(Instant at, Moment moment, Evidence evidence, @Nullable Duration downtime) {
            this(at, moment, evidence, downtime, null);
        }

        static Checked watched(
                Instant at, Moment moment, Evidence evidence, Optional<Outage> seen) {
            return new Checked(at, moment, evidence, Outage.silence(seen), seen.orElse(null));
        }

        /** How long it did not answer; empty where nobody could measure it. */
        public Optional<Duration> silence() {
            return Optional.ofNullable(downtime).filter(time -> !time.isZero());
        }

        /** What was seen from outside, in a sentence without its end; empty where nothing was. */
        public Optional<Phrase> borne() {
            return Optional.ofNullable(outage)
                    .map(Outage::says)
                    .or(() -> silence().map(time -> Phrase.of("it did not answer for {0}", time)));
        }
    }

    /** Before the next target was switched, one that had been was read. */
    record BarrierRead(Instant at, TargetName target, Evidence evidence) implements RunEvent {}

    /** Every must-check held; the soak runs from here until {@code soakUntil}. */
    record Proven(Instant at, Instant soakUntil) implements RunEvent {}

    /** The undo begins; {@code by} is a person, or {@code backout} where the rule decided. */
    record UndoDecided(Instant at, String by, Phrase why) implements RunEvent {}

    record Asked(Instant at, Phrase why, Instant until) implements RunEvent {}

    record Answered(Instant at, String by, Answer answer, String reason, String via)
            implements RunEvent {
        public Answered(Instant at, String by, Answer answer, String reason) {
            this(at, by, answer, reason, "");
        }
    }

    /** Every target was read once more; {@code amiss} is what is not where it should be. */
    record Settled(Instant at, List<Phrase> found, List<Phrase> amiss) implements RunEvent {
        public Settled {
            found = List.copyOf(found);
            amiss = List.copyOf(amiss);
        }
    }

    record Finished(Instant at, Outcome outcome) implements RunEvent {}

    /** Written by a newer Backout; this one must not go on with the run. Only ever read. */
    record Unreadable(Instant at, int version, String type) implements RunEvent {}
}
