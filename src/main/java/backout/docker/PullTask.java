package backout.docker;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.Redaction;
import backout.run.Receipt;
import backout.run.Task;
import backout.run.Work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pulls the one image, while the service goes on. By the docker command, which knows the host's
 * registry logins.
 */
public final class PullTask implements Task {
    private final Engine engine;
    private final Host host;
    private final Optional<Path> dockerConfig;

    /**
     * @param dockerConfig the folder of the registry logins; empty for the one that the docker
     *     command there looks into
     */
    public PullTask(Engine engine, Host host, Optional<Path> dockerConfig) {
        this.engine = engine;
        this.host = host;
        this.dockerConfig = dockerConfig;
    }

    private static List<String> argv(Step step) {
        return List.of("docker", "pull", step.need("image"));
    }

    @Override
    public Duration within(Step step) {
        return Duration.parse(step.need("within"));
    }

    @Override
    public boolean done(Step step, Optional<Receipt> receipt) {
        return engine.images().find(step.to()).isPresent();
    }

    @Override
    public Phrase perform(Step step, Work work) {
        if (done(step, Optional.empty())) {
            return Phrase.of("it is here already");
        }
        Command pull =
                Command.of(work.by().left(), argv(step))
                        .with(Map.of("DOCKER_HOST", engine.address()))
                        .with(logins())
                        .into(new PullOutput(work))
                        .partOf(work.tag());
        Result.Exited result = host.run(pull).exited();
        if (!result.isSuccess() || !done(step, Optional.empty())) {
            String said = Redaction.patterns(result.stderr().text().strip());
            throw Problem.stop(
                    Phrase.of(
                            "the image could not be pulled: {0}",
                            (said.isEmpty() ? Phrase.of("another image came") : said)),
                    step.need("image"),
                    Phrase.of(
                            "nothing was changed; see that the registry answers, then ask"
                                    + " again"));
        }
        return Phrase.of("{0}", result.elapsed());
    }

    private Map<String, String> logins() {
        return dockerConfig
                .map(folder -> Map.of("DOCKER_CONFIG", folder.toString()))
                .orElseGet(Map::of);
    }

    /** An image more on the disk harms nobody, and the next try needs it. */
    @Override
    public void cleanUp(Step step, Optional<Receipt> receipt, Work work) {}
}
