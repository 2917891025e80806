package backout.executor.rebuild;

import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Problem;
import backout.run.Receipt;
import backout.run.Script;
import backout.run.Task;
import backout.run.Work;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Installs what is missing of the engine and of compose, from the distribution's own packages. They
 * stay, whatever becomes of the run: packages harm nobody.
 */
record DockerTask(Root root, Job job) implements Task {
    @Override
    public Duration within(Step step) {
        return Duration.parse(step.need("within"));
    }

    /** Asked of the machine each time, by the script itself. */
    @Override
    public boolean done(Step step, Optional<Receipt> receipt) {
        return false;
    }

    @Override
    public Phrase perform(Step step, Work work) {
        Job.Ended ended = job.run("docker", work, Remote.DOCKER, List.of());
        if (!ended.isSuccess()) {
            throw Problem.stop(
                    Phrase.of(
                            "Docker could not be installed or started ({0}): {1}",
                            ended.code(), ended.complaint()),
                    root.host().name(),
                    Phrase.of(
                            "see that its packages can be had there, then ask again; only what is"
                                    + " missing is installed"));
        }
        return Phrase.of("Docker and compose are there: {0}", ended.lastLine());
    }

    @Override
    public void cleanUp(Step step, Optional<Receipt> receipt, Work work) {}

    @Override
    public Script script(Step step) {
        return Script.NOTHING.noting(
                Phrase.of(
                        "before it: on {0}: install Docker and compose from the distribution's"
                                + " packages",
                        root.host().name()));
    }
}
