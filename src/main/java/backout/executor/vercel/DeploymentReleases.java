package backout.executor.vercel;

import backout.language.Phrase;
import backout.plan.Release;
import backout.plan.Releases;
import backout.problem.Problem;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Releases that are deployments of a project; all of them are there, none has to be fetched. */
record DeploymentReleases(List<Deployment> deployments, Instant now) implements Releases {
    @Override
    public Had again(Release release) {
        Deployment deployment =
                byId(release.id())
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of(
                                                "Vercel has deployment {0} no more: {1}",
                                                release.name(), release.id()),
                                        Phrase.of(
                                                "name another release, or build that commit"
                                                        + " again")));
        return had(release, deployment);
    }

    @Override
    public Optional<Had> find(String text) {
        List<Deployment> called = deployments.stream().filter(one -> one.isCalled(text)).toList();
        return called.stream().findFirst().map(newest -> had(newest.release(now), newest));
    }

    Optional<Deployment> byId(String id) {
        return deployments.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    private static Had had(Release release, Deployment deployment) {
        if (!deployment.isReady() || !deployment.offered().orElse(true)) {
            throw Problem.stop(
                    Phrase.of(
                            "Vercel offers no way back to {0}: {1}",
                            deployment.name(), deployment.state()),
                    Phrase.of(
                            "on Hobby only the deployment before may be gone back to; name"
                                    + " another release, or build that commit again"));
        }
        return new Had(release, deployment.address().toString(), deployment.id(), true);
    }
}
