package backout.run;

import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Step.Phase;
import backout.run.HoldEvent.Aborted;
import backout.run.HoldEvent.Paused;
import backout.run.RunEvent.Leg;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether people hold a run or want it taken back, folded from its events. */
public final class Hold {
    /** Then it goes on by itself: what is half switched may be down. */
    public static final Duration USUAL = Duration.ofMinutes(10);

    public static final Duration LONGEST = Duration.ofHours(1);

    private final Run run;
    private @Nullable Paused paused;
    private @Nullable Aborted aborted;

    private Hold(Run run) {
        this.run = run;
        run.events().forEach(this::fold);
    }

    public static Hold of(Run run) {
        return new Hold(run);
    }

    private void fold(RunEvent event) {
        switch (event) {
            case Paused it -> paused = it;
            case HoldEvent.Resumed _ -> paused = null;
            case Aborted it -> aborted = it;
            default -> {}
        }
    }

    /** The pause that holds it now. */
    public Optional<Paused> paused(Instant now) {
        return Optional.ofNullable(paused).filter(it -> now.isBefore(it.until()));
    }

    /** Who wants it taken back; the first or the last who said so, which is the same to it. */
    public Optional<Aborted> aborted() {
        return Optional.ofNullable(aborted);
    }

    /** The wait that the pause is. */
    Optional<Next> waiting(Instant now) {
        return paused(now)
                .map(it ->
                        new Next.Wait(
                                it.until(),
                                Phrase.of("somebody to let it go on: paused by {0}", it.by())));
    }

    /**
     * How it is taken back: a step that was begun is finished first, for nobody knows what a half
     * one left. Empty where nobody wants it, and where it is as good as over.
     */
    Optional<Next> takingBack() {
        if (aborted == null || run.settled().isPresent()) {
            return Optional.empty();
        }
        for (int step : run.plan().indexes(Phase.SWITCH)) {
            StepTrack track = run.track(step);
            if (track.began(Leg.FORWARD) && !track.ended(Leg.FORWARD)) {
                return Optional.of(new Next.Perform(step, Leg.FORWARD));
            }
        }
        return Optional.of(new Next.Undo(aborted.by(), why(aborted)));
    }

    private static Phrase why(Aborted by) {
        return by.reason().isEmpty()
                ? Phrase.of("aborted")
                : Phrase.of("aborted: {0}", by.reason());
    }

    /**
     * What stays as it is although it is taken back now: steps without a way back, and the data.
     */
    public List<Phrase> stays() {
        if (run.planned().isEmpty()) {
            return List.of();
        }
        Plan plan = run.plan();
        Stream<Phrase> done =
                plan.indexes(Phase.SWITCH).stream()
                        .filter(step -> run.track(step).began(Leg.FORWARD))
                        .filter(step -> !plan.undo().contains(step))
                        .map(step -> plan.steps().get(step).says());
        return Stream.concat(done, plan.willNotUndo().stream()).toList();
    }
}
