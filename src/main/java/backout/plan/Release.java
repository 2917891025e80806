package backout.plan;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

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
        @Nullable String files) {

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

    /** What people call it: the version, else the tag, else the short image ID. */
    public String name() {
        if (!version.isEmpty()) {
            return version;
        }
        return tag.isEmpty() ? shortId() : tag;
    }

    public String shortId() {
        String hex = id.startsWith("sha256:") ? id.substring(7) : id;
        return hex.substring(0, Math.min(12, hex.length()));
    }
}
