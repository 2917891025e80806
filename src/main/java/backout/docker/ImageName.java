package backout.docker;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

/**
 * An image reference taken apart: {@code registry:5000/team/app:1.2@sha256:…}.
 *
 * @param tag empty when there is none
 * @param digest {@code sha256:…}, empty when there is none
 */
public record ImageName(String repository, String tag, String digest) {
    private static final String DIGEST = "[a-z0-9+._-]+:[0-9a-f]{32,}";

    public ImageName {
        if (!repository.matches("[a-zA-Z0-9][a-zA-Z0-9._:/\\[\\]-]*")
                || !(tag.isEmpty() || tag.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"))
                || !(digest.isEmpty() || digest.matches(DIGEST))) {
            throw new ProblemException(
                    Problem.of(
                            Phrase.of(
                                    "this is not an image reference: {0} {1} {2}",
                                    repository, tag, digest),
                            Phrase.of("Write it as REPOSITORY:TAG or REPOSITORY@sha256:…")));
        }
    }

    /**
     * Takes a reference apart; nothing is added to it.
     *
     * @throws ProblemException when it is no reference
     */
    public static ImageName parse(String reference) {
        var at = reference.indexOf('@');
        var digest = at < 0 ? "" : reference.substring(at + 1);
        var name = at < 0 ? reference : reference.substring(0, at);
        var colon = name.lastIndexOf(':');
        // A colon before the last slash belongs to the registry's port.
        var hasTag = colon > name.lastIndexOf('/');
        return new ImageName(
                hasTag ? name.substring(0, colon) : name,
                hasTag ? name.substring(colon + 1) : "",
                digest);
    }

    /** The host of its registry, as in {@code ghcr.io}; {@code docker.io} where none is named. */
    public String registry() {
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost")
                ? first
                : "docker.io";
    }

    @Override
    public String toString() {
        return repository
                + (tag.isEmpty() ? "" : ":" + tag)
                + (digest.isEmpty() ? "" : "@" + digest);
    }
}
