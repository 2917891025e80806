package backout.run;

import backout.language.Phrase;
import backout.run.Evidence.Finding;

import java.time.Duration;
import java.time.Instant;

/**
 * What the last look at a target saw, whoever looked: how the service is, not how its release once
 * was.
 *
 * @param release the image ID of what ran; empty where nothing did, or nobody could tell
 * @param since the first of the looks that saw the same of the same release, with none missing
 * @param what why it is not well; nothing where it is
 * @param warning what should not be so, such as a release that is marked bad and runs; nothing
 *     where all is as it should be
 */
public record Condition(
        Instant at, String release, Finding finding, Instant since, Phrase what, Phrase warning) {
    /** One is due each minute; later than this nobody looks any more, or a run is at work. */
    public static final Duration FRESH = Duration.ofMinutes(3);

    /** The looks in between would have been noticed had there been another. */
    private static final Duration LONGEST_GAP = Duration.ofMinutes(2);

    /** The same, beginning with the one before it where nothing changed since. */
    public Condition after(Condition before) {
        boolean goesOn =
                before.release.equals(release)
                        && before.finding == finding
                        && !at.isBefore(before.at)
                        && !before.at.plus(LONGEST_GAP).isBefore(at);
        return goesOn ? new Condition(at, release, finding, before.since, what, warning) : this;
    }

    public boolean isFresh(Instant now) {
        return now.isBefore(at.plus(FRESH));
    }

    /** How the service is now, as far as anybody can say. */
    public Finding now(Instant now) {
        return isFresh(now) ? finding : Finding.UNKNOWN;
    }

    /** In one sentence without its end. */
    public Phrase says(Instant now) {
        return isFresh(now)
                ? said()
                : Phrase.of("unknown: nobody has looked since {0}; then it was {1}", at, said());
    }

    private Phrase said() {
        return finding == Finding.WELL
                ? Phrase.of("well since {0}", since)
                : Phrase.of("{0} since {1}: {2}", finding.says(), since, what);
    }
}
