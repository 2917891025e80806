package backout.executor.vercel;

import backout.plan.Release;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * One production deployment.
 *
 * @param address its own, which never leads to another one
 * @param commit SHA of the commit that it was built from; empty where it came from no repository
 * @param offered whether Vercel would roll back to it; empty where it does not say it
 */
record Deployment(
        String id,
        URI address,
        String commit,
        String branch,
        String state,
        Instant created,
        Optional<Boolean> offered) {
    private static final int SHORT = 7;

    /**
     * @param scheme https, but for trials
     */
    static Deployment of(JsonNode node, String scheme) {
        JsonNode meta = node.path("meta");
        JsonNode offered = node.path("isRollbackCandidate");
        boolean gone = node.path("softDeletedByRetention").asBoolean(false);
        String state = node.path("readyState").asString(node.path("state").asString(""));
        return new Deployment(
                node.path("uid").asString(node.path("id").asString("")),
                URI.create(scheme + "://" + node.path("url").asString("")),
                meta.path("githubCommitSha").asString(""),
                meta.path("githubCommitRef").asString(""),
                gone ? "DELETED" : state,
                Instant.ofEpochMilli(node.path("createdAt").asLong(node.path("created").asLong(0))),
                offered.isBoolean() ? Optional.of(offered.booleanValue()) : Optional.empty());
    }

    boolean isReady() {
        return state.equals("READY");
    }

    /** What people know it by: the commit; else its own address. */
    String name() {
        return commit.isEmpty()
                ? address.getAuthority()
                : commit.substring(0, Math.min(SHORT, commit.length()));
    }

    boolean isCalled(String text) {
        String plain = text.replaceAll("^https?://", "").replaceAll("/$", "");
        boolean isCommit = text.length() >= SHORT && commit.startsWith(text);
        return id.equals(text) || address.getAuthority().equals(plain) || isCommit;
    }

    Release release(Instant now) {
        return Release.found(id, address.toString(), name(), "", now);
    }
}
