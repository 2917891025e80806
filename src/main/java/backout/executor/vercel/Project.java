package backout.executor.vercel;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/**
 * A project as Vercel tells of it.
 *
 * @param production the deployment that Vercel calls its production; empty before the first one
 * @param domains the names of that production
 * @param autoAssign whether new deployments go live by themselves: off while it is pinned by a
 *     rollback; empty where Vercel does not say it
 * @param job the last change of what its domains lead to
 */
record Project(
        String id,
        String production,
        List<String> domains,
        Optional<Boolean> autoAssign,
        Optional<Job> job) {

    /**
     * Vercel moves domains one after the other, and does one such job at a time.
     *
     * @param requested milliseconds of Vercel's clock; tells one job from another
     */
    record Job(String to, String status, String type, long requested) {
        boolean isOpen() {
            return status.equals("pending") || status.equals("in-progress");
        }

        static Optional<Job> of(JsonNode node) {
            return node.isObject()
                    ? Optional.of(
                            new Job(
                                    node.path("toDeploymentId").asString(""),
                                    node.path("jobStatus").asString(""),
                                    node.path("type").asString(""),
                                    node.path("requestedAt").asLong(0)))
                    : Optional.empty();
        }
    }

    static Project of(JsonNode node) {
        JsonNode production = node.path("targets").path("production");
        JsonNode auto = node.path("autoAssignCustomDomains");
        return new Project(
                node.path("id").asString(""),
                production.path("id").asString(""),
                production.path("alias").valueStream().map(name -> name.asString("")).toList(),
                auto.isBoolean() ? Optional.of(auto.booleanValue()) : Optional.empty(),
                Job.of(node.path("lastAliasRequest")));
    }

    /** The change that is under way. */
    Optional<Job> open() {
        return job.filter(Job::isOpen);
    }
}
