package backout.executor.compose;

import backout.docker.Engine;
import backout.docker.Image;
import backout.docker.SwapMove;
import backout.language.Phrase;
import backout.plan.Step;
import backout.run.Present;
import backout.run.Script;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What compose has to say where one of its containers is replaced without it, because it would
 * touch a dependency as well. The new container carries the labels that compose would give it, so
 * that its next {@code up} leaves it alone.
 */
record SwapByCompose(Engine engine, ComposeCli cli, Containers containers)
        implements SwapMove.Maker {
    @Override
    public Duration grace(Step step) {
        return UpMove.grace(step);
    }

    @Override
    public Present present(Step step) {
        return containers.present(step);
    }

    @Override
    public SwapMove.Difference difference(Step step, Image image) {
        Project project = Project.of(step);
        var model = new Model(cli.config(project).json());
        var labels = new LinkedHashMap<>(Map.of(Discovery.IMAGE, image.id()));
        if (isExact(step)) {
            labels.put(Discovery.HASH, hash(project, model));
        }
        return new SwapMove.Difference(labels, new EngineWay(engine, model).own(project.service()));
    }

    private String hash(Project project, Model model) {
        return cli.hashes(project, model.asMade(containers.of(project), Map.of()))
                .getOrDefault(project.service(), "");
    }

    /**
     * What the files say otherwise is not in the new container: it keeps the former label then, by
     * which compose sees that.
     */
    private static boolean isExact(Step step) {
        return Boolean.parseBoolean(step.with().getOrDefault("exact", "true"));
    }

    @Override
    public Phrase done(Step step, Duration took) {
        Phrase next =
                containers
                        .nextUp(cli)
                        .foreseen(Project.of(step))
                        .orElseGet(() -> Phrase.of("the next docker compose up leaves it alone"));
        return Phrase.of("{0}; {1}", took, next);
    }

    @Override
    public String typed(List<String> argv) {
        return cli.typed(argv);
    }

    @Override
    public List<String> anew(Step step) {
        return List.of(UpMove.shell(cli, step));
    }

    @Override
    public List<Phrase> told(List<String> lines) {
        return cli.byHand(lines);
    }

    /** No shell can swap as this does: compose makes that container alone, as the files say. */
    @Override
    public Script script(Step step) {
        return new ShellUp(cli, step, List.of("--no-deps"))
                .script()
                .noting(
                        Phrase.of(
                                "It makes {0} without what it depends on, by which compose tells it"
                                        + " from its own: the next docker compose up makes it anew"
                                        + " once more.",
                                step.need("container")));
    }
}
