package backout.plan;

import backout.check.Check;
import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * One release of a target as the ledger knows it.
 *
 * @param id the image ID: the one name of a release that nobody can move
 * @param image how it can be fetched again: {@code repo:tag@sha256:…}; only {@code repo:tag} where
 *     it was built here
 * @param tag the tag it ran under, for people; may be empty
 * @param version what the service itself reported; empty when it never did
 * @param firstSeen when it was first seen running here
 * @param lastSeen when it was last seen running here
 * @param goodSince when its checks had held for {@code good-after}; null while it is not proven
 * @param bad why it is marked bad; null when it is not
 * @param files artifact that holds this release's compose and env files; null when none was kept
 * @param remarks with what it is good only; empty for one that is simply good
 * @param said the mark is a person's own word: checks that hold do not take it back
 */
public record Release(
        String id,
        String image,
        String tag,
        String version,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable Instant goodSince,
        @Nullable Phrase bad,
        @Nullable String files,
        List<Phrase> remarks,
        boolean said) {
    public Release {
        remarks = List.copyOf(remarks);
    }

    /** One of which nobody remarked anything. */
    public Release(
            String id,
            String image,
            String tag,
            String version,
            Instant firstSeen,
            Instant lastSeen,
            @Nullable Instant goodSince,
            @Nullable Phrase bad,
            @Nullable String files) {
        this(id, image, tag, version, firstSeen, lastSeen, goodSince, bad, files, List.of(), false);
    }

    /** Bad outweighs good: a release that was proven once and marked later is not offered. */
    public Standing standing() {
        if (bad != null) {
            return Standing.BAD;
        }
        return goodSince != null ? Standing.GOOD : Standing.NEVER_PROVEN;
    }

    /**
     * What may be done with a release: only a good one is chosen by the bot, a bad one is never
     * offered.
     */
    public enum Standing {
        GOOD,
        NEVER_PROVEN,
        BAD
    }

    /**
     * How good it is: simply, with what the checks remarked, or because somebody said so.
     */
    public Phrase good() {
        if (remarks.isEmpty()) {
            return Phrase.of("good");
        }
        Phrase all = Phrase.joined("; ", remarks).map(Check::brief);
        return remarks.stream().allMatch(Release::isWord)
                ? Phrase.of("good: {0}", all)
                : Phrase.of("good, but {0}", all);
    }

    /** That of a person, as {@code mark good} writes it. */
    private static boolean isWord(Phrase remark) {
        return remark.template().equals("{0} said so: {1}");
    }

    /** What people call it: the version, else the tag, else the short image ID. */
    public String name() {
        if (!version.isEmpty()) {
            return version;
        }
        return tag.isEmpty() ? shortId() : tag;
    }

    /**
     * Whether somebody who says this means it: by version, tag, image or the beginning of its id.
     */
    public boolean isCalled(String text) {
        boolean isId = text.length() >= 6 && (id.startsWith(text) || shortId().startsWith(text));
        return isId || version.equals(text) || tag.equals(text) || image.equals(text);
    }

    /**
     * Whether it is this one that a plan names by {@code repo@sha256:…}, because its image was not
     * here yet.
     */
    boolean isImage(String identity) {
        int at = identity.indexOf('@');
        return at > 0
                && image.startsWith(identity.substring(0, at))
                && image.endsWith(identity.substring(at));
    }

    public String shortId() {
        String hex = id.startsWith("sha256:") ? id.substring(7) : id;
        return hex.substring(0, Math.min(12, hex.length()));
    }
}
