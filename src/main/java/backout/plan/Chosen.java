package backout.plan;

import backout.language.Phrase;

import java.util.ArrayList;
import java.util.List;

/**
 * The release to go back to.
 *
 * @param source how it can be had again, as the target's files shall name it
 * @param identity by which it is found to run; of what is not here yet, the name that it will be
 *     fetched by
 * @param isHere whether nothing has to be fetched
 */
public record Chosen(
        Release release,
        String source,
        String identity,
        boolean isHere,
        Phrase why,
        List<Phrase> warnings) {
    public Chosen {
        warnings = List.copyOf(warnings);
    }

    /** With what speaks against it by itself. */
    public static Chosen of(Releases.Had had) {
        return new Chosen(
                had.release(),
                had.source(),
                had.identity(),
                had.isHere(),
                Phrase.NONE,
                against(had.release()));
    }

    private static List<Phrase> against(Release release) {
        String name = release.name();
        return switch (release.standing()) {
            case BAD -> List.of(Phrase.of("release {0} is marked bad: {1}", name, release.bad()));
            case GOOD ->
                    release.remarks().isEmpty()
                            ? List.of()
                            : List.of(Phrase.of("release {0} is {1}", name, release.good()));
            case NEVER_PROVEN -> List.of(Phrase.of("release {0} was never proven here", name));
        };
    }

    /** The same release, written in another way. */
    public Chosen as(String text) {
        return new Chosen(release, text, identity, isHere, why, warnings);
    }

    Chosen because(Phrase reason) {
        return new Chosen(release, source, identity, isHere, reason, warnings);
    }

    Chosen warned(List<Phrase> more) {
        var all = new ArrayList<>(warnings);
        all.addAll(more);
        return new Chosen(release, source, identity, isHere, why, all);
    }

    /** What proves it. */
    public List<String> checks(Target target, List<String> commandLines) {
        return CheckLines.of(target, commandLines, identity, release.version());
    }
}
