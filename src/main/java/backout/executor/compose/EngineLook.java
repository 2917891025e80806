package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.ImageLook;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Findings;
import backout.run.Preflight;

/** Whether docker and compose here can do it, and nobody is at it. */
final class EngineLook implements Preflight.Look<Prospect> {
    private final ImageLook images;
    private final ComposeCli cli;

    EngineLook(ImageLook images, ComposeCli cli) {
        this.images = images;
        this.cli = cli;
    }

    @Override
    public Findings at(Prospect prospect) {
        var findings = compose().and(busy(prospect));
        for (Member member : prospect.members()) {
            findings = findings.and(images.fits(member.choice()));
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
