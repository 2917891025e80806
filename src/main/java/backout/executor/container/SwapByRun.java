package backout.executor.container;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Image;
import backout.docker.RunLine;
import backout.docker.SwapMove;
import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.run.Present;
import backout.run.Script;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is to be said of a container that {@code docker run} made while it is replaced. */
record SwapByRun(Engine engine, Host host, String address) implements SwapMove.Maker {
    @Override
    public Duration grace(Step step) {
        return Duration.ofSeconds(Long.parseLong(step.need("drain")));
    }

    @Override
    public Present present(Step step) {
        String name = step.need("container");
        Optional<ContainerSummary> found = new Found(engine).find(name);
        if (found.isEmpty()) {
            return new Present.Gone(Phrase.of("there is no container {0}", name));
        }
        // what did not run before the plan may be down all the same
        boolean isDown = !found.get().isStarted() && !found.get().imageId().equals(step.from());
        return isDown
                ? new Present.Between(Phrase.of("{0} is {1}", name, found.get().state()))
                : new Present.At(engine.images().named(found.get().imageId(), step.to()));
    }

    /** Nobody wrote down what was given to it: what its image says too is taken as the image's. */
    @Override
    public SwapMove.Difference difference(Step step, Image image) {
        return new SwapMove.Difference(Map.of(), Set.of());
    }

    @Override
    public Phrase done(Step step, Duration took) {
        return Phrase.of("{0}", took);
    }

    @Override
    public String typed(List<String> argv) {
        return "DOCKER_HOST=" + Command.typed(List.of(address)) + " " + Command.typed(argv);
    }

    /** Both are gone: only the line that makes it is left, and that holds no secret. */
    @Override
    public List<String> anew(Step step) {
        return List.of();
    }

    @Override
    public List<Phrase> told(List<String> lines) {
        return lines.isEmpty()
                ? List.of(
                        Phrase.of(
                                "make it again with docker run, as container.json in the backup"
                                        + " of this run says: bot/backout open BACKUP"))
                : lines.stream().map(host::typed).map(Phrase::verbatim).toList();
    }

    /** The same exchange; its former container is kept for the way back. */
    @Override
    public Script script(Step step) {
        RunLine line = RunLine.of(engine, step.need("container"), step.to(), step.need("image"));
        return new ShellSwap(this, step, line).script();
    }
}
