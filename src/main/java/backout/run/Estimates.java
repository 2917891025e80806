package backout.run;

import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.TargetName;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long a rollback takes, learned from the proven ones of its target, else of its kind; until
 * there is one, what the guides count for doing it by hand. Told in plans, never part of their
 * hash.
 */
public record Estimates(Site site, Journal journal) {
    /** Of how many runs is learned. */
    private static final int RUNS = 20;

    /** How far back they are looked for. */
    private static final int LOOKED_AT = 200;

    /** Less than this is as expected. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    /**
     * One proven rollback; waiting for people is no part of it.
     *
     * @param took its steps before the switch, and from the switch to the proof
     * @param down how long the service did not answer; empty where nobody could measure it
     * @param steps how long each took, by its action
     */
    record Sample(
            TargetName target,
            Duration took,
            Optional<Duration> down,
            Map<String, Duration> steps) {
        Sample {
            steps = Map.copyOf(steps);
        }

        /** Empty where it was not proven, or was of several targets. */
        static Optional<Sample> of(Run run) {
            Optional<Instant> switched =
                    run.events().stream()
                            .filter(RunEvent.SwitchBegan.class::isInstance)
                            .map(RunEvent::at)
                            .findFirst();
            if (run.proven().isEmpty()
                    || switched.isEmpty()
                    || run.request().targets().size() > 1) {
                return Optional.empty();
            }
            var steps = new HashMap<String, Duration>();
            Duration before = Duration.ZERO;
            List<Duration> times = times(run);
            for (int step = 0; step < times.size(); step++) {
                Step planned = run.plan().steps().get(step);
                steps.merge(planned.action(), times.get(step), Duration::plus);
                if (planned.phase().compareTo(Step.Phase.SWITCH) < 0) {
                    before = before.plus(times.get(step));
                }
            }
            Duration rest = Duration.between(switched.get(), run.proven().get().at());
            return Optional.of(
                    new Sample(
                            run.request().target(),
                            before.plus(rest),
                            run.checked(Moment.AFTER_SWITCH).flatMap(RunEvent.Checked::silence),
                            steps));
        }

        private static List<Duration> times(Run run) {
            var began = new HashMap<Integer, Instant>();
            var times = new ArrayList<Duration>();
            run.plan().steps().forEach(_ -> times.add(Duration.ZERO));
            for (RunEvent event : run.events()) {
                if (event instanceof RunEvent.Planned) {
                    began.clear();
                    times.replaceAll(_ -> Duration.ZERO);
                } else if (event instanceof RunEvent.StepBegan it && it.leg() == Leg.FORWARD) {
                    began.put(it.step(), it.at());
                } else if (event instanceof RunEvent.StepDone it
                        && it.leg() == Leg.FORWARD
                        && began.containsKey(it.step())
                        && it.step() < times.size()) {
                    times.set(it.step(), Duration.between(began.get(it.step()), it.at()));
                }
            }
            return times;
        }
    }

    /** The plan with what is to be expected of it. */
    Plan tell(Plan plan) {
        Learned learned = learned(plan.target());
        return learned.steps(plan)
                .map(says -> plan.telling(new Plan.Fact(Phrase.of("expected per step"), says)))
                .orElse(plan)
                .telling(learned.says().map(says -> new Plan.Fact(Plan.Fact.TIME, says)));
    }

    /** What is known of a target's rollbacks, in one sentence; empty where nothing is. */
    public Optional<Phrase> of(TargetName target) {
        return learned(target).says();
    }

    private Learned learned(TargetName target) {
        var open = Set.copyOf(journal.open());
        List<Sample> all =
                journal.recent(LOOKED_AT).stream()
                        .filter(id -> !open.contains(id))
                        .map(id -> Run.of(journal.read(id)))
                        .filter(run -> run.request().target().kind().equals(target.kind()))
                        .flatMap(run -> Sample.of(run).stream())
                        .toList();
        List<Sample> own = newest(all, sample -> sample.target().equals(target));
        Phrase byHand = site.remedyOf(target.kind()).byHand();
        return new Learned(
                target, byHand, !own.isEmpty(), own.isEmpty() ? newest(all, _ -> true) : own);
    }

    private static List<Sample> newest(List<Sample> all, Predicate<Sample> of) {
        return all.stream().filter(of).limit(RUNS).toList();
    }

    /**
     * @param byHand what the guide counts
     * @param own whether the samples are the target's, not only its kind's
     * @param samples the newest first
     */
    private record Learned(TargetName target, Phrase byHand, boolean own, List<Sample> samples) {
        private Optional<Phrase> says() {
            if (samples.isEmpty()) {
                return byHand.isEmpty() ? Optional.empty() : Optional.of(byHand);
            }
            Phrase time = spread(samples.stream().map(Sample::took).toList());
            List<Duration> down =
                    samples.stream().flatMap(sample -> sample.down().stream()).toList();
            Phrase both = down.isEmpty() ? time : Phrase.of("{0}; down {1}", time, spread(down));
            Phrase based = Phrase.of("{0} ({1})", both, basis());
            return Optional.of(off().map(last -> Phrase.of("{0}; {1}", based, last)).orElse(based));
        }

        private Phrase basis() {
            return Phrase.count(
                    samples.size(),
                    "learned from {0} run of {1}",
                    "learned from the last {0} runs of {1}",
                    own ? target.toString() : target.kind());
        }

        /** What was to be expected of the last one before it was there. */
        private Optional<Phrase> off() {
            if (samples.size() < 2) {
                return Optional.empty();
            }
            Duration expected =
                    median(samples.stream().skip(1).map(Sample::took).sorted().toList());
            Duration off = samples.getFirst().took().minus(expected);
            if (off.abs().compareTo(LEAST) < 0) {
                return Optional.of(Phrase.of("the last one was as expected"));
            }
            return Optional.of(
                    off.isNegative()
                            ? Phrase.of("the last one took {0} less", rounded(off.abs()))
                            : Phrase.of("the last one took {0} more", rounded(off)));
        }

        /** Of each step that is known and worth telling. */
        private Optional<Phrase> steps(Plan plan) {
            List<Phrase> known =
                    IntStream.range(0, plan.steps().size())
                            .boxed()
                            .flatMap(index -> step(index, plan.steps().get(index)))
                            .toList();
            return known.isEmpty() ? Optional.empty() : Optional.of(Phrase.joined(", ", known));
        }

        private Stream<Phrase> step(int index, Step step) {
            List<Duration> times =
                    samples.stream()
                            .flatMap(sample ->
                                    Optional.ofNullable(sample.steps().get(step.action())).stream())
                            .toList();
            return times.isEmpty()
                    ? Stream.of()
                    : Stream.of(Phrase.of("{0}. {1}", index + 1, spread(times)));
        }
    }

    private static Phrase spread(List<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        Duration usual = rounded(median(sorted));
        Duration worst = rounded(sorted.getLast());
        return usual.equals(worst)
                ? Phrase.of("about {0}", usual)
                : Phrase.of("about {0}, at worst {1}", usual, worst);
    }

    private static Duration median(List<Duration> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : sorted.get(middle - 1).plus(sorted.get(middle)).dividedBy(2);
    }

    /** Tenths of a second; nobody plans by less. */
    private static Duration rounded(Duration time) {
        return Duration.ofMillis(Math.round(time.toMillis() / 100.0) * 100);
    }
}
