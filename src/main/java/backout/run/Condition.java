package backout.run;

import backout.language.Phrase;
import backout.run.Evidence.Finding;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the last look at a target saw, whoever looked: how the service is, not how its release once
 * was.
 *
 * @param release the image ID of what ran; empty where nothing did, or nobody could tell
 * @param since the first of the looks that saw the same of the same release, with none missing
 * @param what why it is not well; nothing where it is
 * @param warning what should not be so, such as a release that is marked bad and runs; nothing
 *     where all is as it should be
 * @param judged when what runs was last looked at as a whole, which the warning and the way back
 *     are from: a look that sees nothing changes neither; null where nobody ever did, and in older
 *     journals
 */
public record Condition(
        Instant at,
        String release,
        Finding finding,
        Instant since,
        Phrase what,
        Phrase warning,
        @Nullable Instant judged) {
    /** One is due each minute; later than this nobody looks any more, or a run is at work. */
    public static final Duration FRESH = Duration.ofMinutes(3);

    /** The looks in between would have been noticed had there been another. */
    private static final Duration LONGEST_GAP = Duration.ofMinutes(2);

    /** One of which nobody knows when what runs was judged. */
    public Condition(
            Instant at,
            String release,
            Finding finding,
            Instant since,
            Phrase what,
            Phrase warning) {
        this(at, release, finding, since, what, warning, null);
    }

    /** The same, beginning with the one before it where nothing changed since. */
    public Condition after(Condition before) {
        boolean goesOn =
                before.release.equals(release)
                        && before.finding == finding
                        && !at.isBefore(before.at)
                        && !before.at.plus(LONGEST_GAP).isBefore(at);
        return new Condition(
                at,
                release,
                finding,
                goesOn ? before.since : since,
                what,
                warning,
                judged == null ? before.judged : judged);
    }

    public boolean isFresh(Instant now) {
        return isFresh(at, now);
    }

    /** Whether what was seen then still stands for now. */
    public static boolean isFresh(Instant looked, Instant now) {
        return now.isBefore(looked.plus(FRESH));
    }

    /** When it was looked last whether there is a way back; empty where nobody knows. */
    public Optional<Instant> judgedAt() {
        return Optional.ofNullable(judged);
    }

    /** The warning, with its age where that is not of now; nothing where there is none. */
    public Phrase warns(Instant now) {
        Instant seen = judgedAt().orElse(at);
        return warning.isEmpty() || isFresh(seen, now)
                ? warning
                : Phrase.of("at the last look, {0}: {1}", seen, warning);
    }

    /** How the service is now, as far as anybody can say. */
    public Finding now(Instant now) {
        return isFresh(now) ? finding : Finding.UNKNOWN;
    }

    /** In one sentence without its end. */
    public Phrase says(Instant now) {
        return isFresh(now)
                ? says()
                : Phrase.of("unknown: nobody has looked since {0}; then it was {1}", at, says());
    }

    /** The same of then, however long ago that was. */
    public Phrase says() {
        return finding == Finding.WELL
                ? Phrase.of("well since {0}", since)
                : Phrase.of("{0} since {1}: {2}", finding.says(), since, what);
    }
}
