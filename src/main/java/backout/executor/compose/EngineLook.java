package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.EngineInfo;
import backout.docker.Image;
import backout.language.Phrase;
import backout.plan.Chosen;
import backout.problem.Problem;

/** Whether docker and compose here can do it, and nobody is at it. */
final class EngineLook implements Preflight.Look {
    private final Engine engine;
    private final ComposeCli cli;

    EngineLook(Engine engine, ComposeCli cli) {
        this.engine = engine;
        this.cli = cli;
    }

    @Override
    public Findings at(Prospect prospect) {
        var findings = compose().and(busy(prospect));
        for (Member member : prospect.members()) {
            findings = findings.and(fits(member.choice()));
        }
        return findings;
    }

    private Findings compose() {
        String version = cli.version();
        return version.replaceFirst("^v", "").startsWith("1.")
                ? Findings.red(
                        Problem.of(
                                Phrase.of(
                                        "docker compose is version {0}, 2 or newer is needed",
                                        version),
                                Phrase.of("install the docker-compose-plugin package")))
                : Findings.fine();
    }

    private Findings fits(Chosen choice) {
        EngineInfo info = engine.info();
        return engine.images()
                .find(choice.identity())
                .filter((Image image) -> !info.runs(image))
                .map(image ->
                        Findings.red(
                                new Problem(
                                        Phrase.of(
                                                "the image is for {0}/{1}, this engine runs"
                                                        + " {2}/{3}",
                                                image.os(),
                                                image.architecture(),
                                                info.os(),
                                                info.architecture()),
                                        choice.source(),
                                        Phrase.of("name a release for this machine"))))
                .orElseGet(Findings::fine);
    }

    /**
     * Compose renames an old container to id_name while it replaces it; one that is left over means
     * half a replacement.
     */
    private static Findings busy(Prospect prospect) {
        var odd =
                prospect.scene().containers().stream()
                        .map(ContainerSummary::name)
                        .filter(name -> name.matches("[0-9a-f]{12}_.+"))
                        .toList();
        return odd.isEmpty()
                ? Findings.fine()
                : Findings.red(
                        new Problem(
                                Phrase.of(
                                        "compose is replacing a container right now, or was stopped"
                                                + " while it did: {0}",
                                        Phrase.list(odd)),
                                prospect.project().name(),
                                Phrase.of(
                                        "wait for it; if nobody is at it, remove the left-over"
                                                + " container")));
    }
}
