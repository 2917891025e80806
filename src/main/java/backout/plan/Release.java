package backout.plan;

import backout.check.Check;
import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * One release of a target as the ledger knows it.
 *
 * @param id the one name of a release that nobody can move: of an image its ID
 * @param source how it can be had again, in the words of its executor: of an image {@code
 *     repo:tag@sha256:…}, only {@code repo:tag} where it was built here
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
        String source,
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
            String source,
            String tag,
            String version,
            Instant firstSeen,
            Instant lastSeen,
            @Nullable Instant goodSince,
            @Nullable Phrase bad,
            @Nullable String files) {
        this(
                id, source, tag, version, firstSeen, lastSeen, goodSince, bad, files, List.of(),
                false);
    }

    /** As it is when it is seen for the first time. */
    static Release of(TargetEvent.Seen seen) {
        return found(seen.id(), seen.source(), seen.tag(), seen.version(), seen.at());
    }

    /** One that can be had and was never seen to run here. */
    public static Release found(String id, String source, String tag, String version, Instant now) {
        return new Release(id, source, tag, version, now, now, null, null, null);
    }

    /** A name with a digest is worth more than one without: a later sighting must not lose it. */
    Release again(TargetEvent.Seen seen) {
        boolean keepsSource = isFixed(source) && !isFixed(seen.source());
        return new Release(
                id,
                keepsSource ? source : seen.source(),
                seen.tag().isEmpty() ? tag : seen.tag(),
                seen.version().isEmpty() ? version : seen.version(),
                firstSeen,
                seen.at().isAfter(lastSeen) ? seen.at() : lastSeen,
                goodSince,
                bad,
                files,
                remarks,
                said);
    }

    /** Of an image: nobody can make something else of it later. Other kinds have one name. */
    private static boolean isFixed(String source) {
        return source.contains("@sha256:");
    }

    /** Whether that sighting tells nothing of it that is not known, but that it still runs. */
    public boolean isToldBy(TargetEvent.Seen seen) {
        Release now = again(seen);
        return id.equals(seen.id())
                && now.source.equals(source)
                && now.tag.equals(tag)
                && now.version.equals(version);
    }

    Release good(Instant since, String reported, List<Phrase> with) {
        return new Release(
                id,
                source,
                tag,
                reported.isEmpty() ? version : reported,
                firstSeen,
                lastSeen,
                goodSince == null ? since : goodSince,
                bad,
                files,
                with,
                said);
    }

    Release marked(@Nullable Phrase why, boolean byPerson) {
        return new Release(
                id, source, tag, version, firstSeen, lastSeen, goodSince, why, files, remarks,
                byPerson);
    }

    Release keeping(String artifact) {
        return new Release(
                id, source, tag, version, firstSeen, lastSeen, goodSince, bad, artifact, remarks,
                said);
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

    /** How good it is: simply, because somebody said so or a run proved it, with what. */
    public Phrase good() {
        Phrase why = remarks(true);
        Phrase but = remarks(false);
        if (why.isEmpty()) {
            return but.isEmpty() ? Phrase.of("good") : Phrase.of("good, but {0}", but);
        }
        return but.isEmpty()
                ? Phrase.of("good: {0}", why)
                : Phrase.of("good: {0}, but {1}", why, but);
    }

    private Phrase remarks(boolean grounds) {
        List<Phrase> some = remarks.stream().filter(one -> isGround(one) == grounds).toList();
        return some.isEmpty() ? Phrase.NONE : Phrase.joined("; ", some).map(Check::brief);
    }

    /** A person's word, as {@code mark good} writes it, or the run that proved it. */
    private static boolean isGround(Phrase remark) {
        return remark.template().equals("{0} said so: {1}")
                || remark.template().equals("proven in run {0}");
    }

    /** What people call it: the version, else the tag, else the short image ID. */
    public String name() {
        if (!version.isEmpty()) {
            return version;
        }
        return tag.isEmpty() ? shortId() : tag;
    }

    /**
     * Whether somebody who says this means it: by version, tag, source or the beginning of its id.
     */
    public boolean isCalled(String text) {
        boolean isId = text.length() >= 6 && (id.startsWith(text) || shortId().startsWith(text));
        return isId || version.equals(text) || tag.equals(text) || source.equals(text);
    }

    /**
     * Whether it is this one that a plan names by {@code repo@sha256:…}, because its image was not
     * here yet.
     */
    boolean isImage(String identity) {
        int at = identity.indexOf('@');
        return at > 0
                && source.startsWith(identity.substring(0, at))
                && source.endsWith(identity.substring(at));
    }

    public String shortId() {
        String hex = id.startsWith("sha256:") ? id.substring(7) : id;
        return hex.substring(0, Math.min(12, hex.length()));
    }
}
