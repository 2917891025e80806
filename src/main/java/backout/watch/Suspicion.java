package backout.watch;

import backout.check.Quantity;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.TargetName;
import backout.run.Evidence;
import backout.run.Evidence.Finding;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a new release is to be suspected. Pure: what was seen and the time in, a verdict out. */
sealed interface Suspicion {
    /** A release that fell ill so long after it came is hardly ill because it came. */
    Duration CHANGE_COUNTS_FOR = Duration.ofHours(1);

    /** Why nothing is proposed. */
    enum Calm implements Suspicion {
        TURNED_OFF,
        /** Nobody could tell how it is: that says nothing of the release. */
        CANNOT_BE_SEEN,
        WELL,
        /** No other release was seen shortly before it fell ill. */
        NOT_CHANGED,
        /** What ran before was not well either, or nobody knows. */
        WAS_UNWELL_BEFORE,
        /** Not for long enough yet. */
        NOT_YET,
        /** One was proposed within the hour. */
        PROPOSED_BEFORE
    }

    /**
     * To be proposed.
     *
     * @param doubt why it is probably not the release; nothing where it may be
     * @param countdown null where it waits for a person: always, where there is a doubt
     */
    record Suspect(Instant since, Instant changed, Phrase doubt, @Nullable Duration countdown)
            implements Suspicion {}

    /**
     * What was seen in one look.
     *
     * @param runs false where nothing ran
     * @param isIntended somebody was about to propose it, and was cut off
     * @param alsoFell targets with unchanged releases that fell ill at the same time
     */
    record Look(Evidence evidence, boolean runs, boolean isIntended, List<TargetName> alsoFell) {
        public Look {
            alsoFell = List.copyOf(alsoFell);
        }
    }

    static Suspicion of(Settings settings, Past past, Look look, Instant now) {
        String automatic = settings.textIfAny("automatic").orElse("off");
        if (automatic.equals("off")) {
            return Calm.TURNED_OFF;
        }
        if (look.evidence().health() == Finding.UNKNOWN) {
            return Calm.CANNOT_BE_SEEN;
        }
        Optional<Instant> since = past.unwellSince();
        if (look.evidence().health() == Finding.WELL || since.isEmpty()) {
            return Calm.WELL;
        }
        Optional<Instant> changed =
                past.changed().filter(at -> since.get().isBefore(at.plus(CHANGE_COUNTS_FOR)));
        if (changed.isEmpty()) {
            return Calm.NOT_CHANGED;
        }
        if (!past.wasWellBefore()) {
            return Calm.WAS_UNWELL_BEFORE;
        }
        if (now.isBefore(since.get().plus(settings.duration("watch.unwell-for")))) {
            return Calm.NOT_YET;
        }
        if (!past.mayPropose(now) && !look.isIntended()) {
            return Calm.PROPOSED_BEFORE;
        }
        Phrase doubt = doubt(look);
        return new Suspect(
                since.get(),
                changed.get(),
                doubt,
                doubt.isEmpty() ? countdown(automatic).orElse(null) : null);
    }

    private static Phrase doubt(Look look) {
        if (!look.evidence().outside().isEmpty()) {
            return Phrase.joined("; ", look.evidence().outside());
        }
        if (!look.alsoFell().isEmpty()) {
            return Phrase.of(
                    "fallen ill at the same time with the releases that they had: {0}",
                    Phrase.list(look.alsoFell().stream().map(TargetName::toString).toList()));
        }
        return look.runs() ? Phrase.NONE : Phrase.of("nothing runs, somebody may have stopped it");
    }

    private static Optional<Duration> countdown(String automatic) {
        return automatic.startsWith("countdown ")
                ? Quantity.duration(automatic.substring("countdown ".length()))
                : Optional.empty();
    }
}
