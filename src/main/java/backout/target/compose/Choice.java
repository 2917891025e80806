package backout.target.compose;

import backout.language.Phrase;
import backout.plan.CheckLines;
import backout.plan.Release;
import backout.plan.Target;

import java.util.List;

/**
 * The release to go back to.
 *
 * @param image how the compose file shall name it
 * @param identity the image ID, or {@code repo@sha256:…} while the image is not here
 * @param isLocal whether nothing needs to be pulled
 */
record Choice(
        Release release,
        String image,
        String identity,
        boolean isLocal,
        Phrase why,
        List<Phrase> warnings) {
    Choice {
        warnings = List.copyOf(warnings);
    }

    /** The same release, written in another way. */
    Choice as(String text) {
        return new Choice(release, text, identity, isLocal, why, warnings);
    }

    /** What proves it. */
    List<String> checks(Target target, List<String> commandLines) {
        return CheckLines.of(target, commandLines, identity, release.version());
    }
}
