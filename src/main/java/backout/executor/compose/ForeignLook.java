package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.language.Phrase;
import backout.run.Findings;
import backout.run.Preflight;

import java.util.ArrayList;
import java.util.Map;

/** Containers under the project's name that are not made from its folder. */
final class ForeignLook implements Preflight.Look<Prospect> {
    private final Engine engine;

    ForeignLook(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Findings at(Prospect prospect) {
        Project project = prospect.project();
        var told = new ArrayList<Phrase>();
        for (ContainerSummary one : engine.containers(Map.of(Discovery.PROJECT, project.name()))) {
            String folder = one.labels().getOrDefault(Discovery.DIRECTORY, "");
            if (!Discovery.isComposes(one.labels())) {
                told.add(
                        Phrase.of(
                                "{0} carries the labels of project {1}, but compose did not make"
                                        + " it: it is left alone",
                                one.name(), project.name()));
            } else if (!folder.equals(project.directory().toString())) {
                told.add(
                        Phrase.of(
                                "{0} was made in the folder {1}, not in {2}, and compose takes both"
                                        + " for project {3}: if one is a copy, give it another"
                                        + " name",
                                one.name(), folder, project.directory(), project.name()));
            }
        }
        return Findings.amber(told.toArray(Phrase[]::new));
    }
}
