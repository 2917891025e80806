package backout.watch;

import backout.language.Phrase;
import backout.plan.Release;
import backout.run.Evidence;
import backout.run.Evidence.Finding;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the checks of the release that runs have held. They held from one moment to another when
 * every look in between was well and there was a look each minute. An unwell look, one that could
 * not tell, another release, or a gap starts again.
 *
 * <p>It is kept in memory alone: after a restart of the bot it starts again, because nobody looked
 * meanwhile.
 *
 * @param release the image ID of the release that was looked at last; empty before the first look
 * @param since the first of the looks that were well; null while they are not
 * @param looked when it was looked last; null before the first look
 * @param remarks what should have held and did not since then, by check
 */
record Goodness(
        String release,
        @Nullable Instant since,
        @Nullable Instant looked,
        Map<String, Phrase> remarks) {
    /** A look is due each minute; this leaves it the time that it takes. */
    static final Duration LONGEST_GAP = Duration.ofMinutes(2);

    static final Goodness NONE = new Goodness("", null, null, Map.of());

    Goodness {
        remarks = Collections.unmodifiableMap(new LinkedHashMap<>(remarks));
    }

    /** One more look, at this release. */
    Goodness after(Instant now, String seen, Finding finding, List<Evidence.Row> remarked) {
        if (finding != Finding.WELL) {
            return new Goodness(seen, null, now, Map.of());
        }
        boolean goesOn = seen.equals(release) && since != null && !isGap(now);
        Map<String, Phrase> all = new LinkedHashMap<>(goesOn ? remarks : Map.of());
        remarked.forEach(row -> all.put(row.check(), row.remark()));
        return new Goodness(seen, goesOn ? since : now, now, all);
    }

    /** A clock that was set back leaves a gap too: nobody knows how long it was. */
    private boolean isGap(Instant now) {
        return looked == null || now.isBefore(looked) || looked.plus(LONGEST_GAP).isBefore(now);
    }

    boolean hasHeld(Duration goodAfter) {
        return since != null && looked != null && !looked.isBefore(since.plus(goodAfter));
    }

    /**
     * What a run made bad may prove good again, but not while it is locked out; what a person calls
     * bad stays so.
     */
    static boolean mayImprove(Release release, boolean allowed) {
        return switch (release.standing()) {
            case NEVER_PROVEN -> true;
            case GOOD -> !release.remarks().isEmpty();
            case BAD -> allowed && !release.said();
        };
    }
}
