package backout.executor.rebuild;

import backout.host.Command;
import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Move;
import backout.run.Present;
import backout.run.Receipt;
import backout.run.Script;
import backout.run.Work;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts the project where none of it was. The way back takes its containers and networks away
 * again and leaves its volumes: what was written there is nobody's to delete.
 */
record UpMove(Root root, Job job) implements Move {
    private static final String UP = "up";
    private static final String DOWN = "down";
    private static final List<String> START = List.of("up", "--detach", "--no-build");

    @Override
    public Duration within(Step step) {
        return Duration.parse(step.need("within"));
    }

    @Override
    public Present present(Step step, Work work) {
        try {
            job.settle(UP, work);
            job.settle(DOWN, work);
            return now(step);
        } catch (ProblemException e) {
            return Present.Unknown.of(e);
        }
    }

    private Present now(Step step) {
        State state = State.of(root, step.need("project"), step.need("service"));
        if (state.isNothing()) {
            return new Present.At(Step.NOTHING);
        }
        List<String> missing = state.notStarted(services(step));
        if (!missing.isEmpty()) {
            return new Present.Between(
                    Phrase.of("these services are not started: {0}", Phrase.list(missing)));
        }
        return new Present.At(state.image().orElse(Step.NOTHING));
    }

    private List<String> services(Step step) {
        return root.ask(Remote.COMPOSE, compose(step, List.of("config", "--services")))
                .lines()
                .map(String::strip)
                .toList();
    }

    private static List<String> compose(Step step, List<String> words) {
        var first = Stream.of(step.need("folder"), step.need("project"), step.need("compose"));
        return Stream.concat(first, words.stream()).toList();
    }

    @Override
    public Phrase move(Step step, Work work) {
        work.requireTime();
        Duration before = work.by().left();
        run(UP, START, step, work);
        return Phrase.of("{0}", before.minus(work.by().left()));
    }

    private void run(String name, List<String> words, Step step, Work work) {
        Job.Ended ended = job.run(name, work, Remote.COMPOSE, compose(step, words));
        if (!ended.isSuccess()) {
            throw Problem.stop(
                    Phrase.of(
                            "docker compose {0} ends with {1}: {2}",
                            words.getFirst(), ended.code(), ended.lastLine()),
                    root.host().name(),
                    Phrase.of("look at it there: {0}", typed(step, List.of("ps", "--all"))));
        }
    }

    @Override
    public Phrase back(Step step, Optional<Receipt> receipt, Work work) {
        work.requireTime();
        Present present = present(step, work);
        if (present instanceof Present.Unknown(var why, _)) {
            throw new ProblemException(why);
        }
        if (present.isAt(step.from())) {
            return NOTHING_TO_TAKE_BACK;
        }
        run(DOWN, List.of("down"), step, work);
        return Phrase.of("removed, as it was before; its volumes stay");
    }

    @Override
    public Phrase forget(Step step, Optional<Receipt> receipt, Work work) {
        return Phrase.of("nothing was kept");
    }

    /** As a person types it. */
    private String typed(Step step, List<String> words) {
        var argv =
                Stream.concat(
                        Stream.of(
                                "docker",
                                "compose",
                                "--project-name",
                                step.need("project"),
                                "--file",
                                step.need("compose")),
                        words.stream());
        return root.host()
                .typed(
                        Command.typed(List.of("cd", step.need("folder")))
                                + " && "
                                + Command.typed(argv.toList()));
    }

    @Override
    public List<Phrase> byHand(Step step, Optional<Receipt> receipt) {
        return List.of(Phrase.verbatim(typed(step, List.of("down"))));
    }

    @Override
    public Script script(Step step) {
        return new Script(
                List.of(), List.of(typed(step, START)), List.of(typed(step, List.of("down"))));
    }
}
