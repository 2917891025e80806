package backout.executor.compose;

import backout.host.Leftovers;
import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.ProblemException;
import backout.run.Move;
import backout.run.Present;
import backout.run.Receipt;
import backout.run.Script;
import backout.run.Work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the service's container by {@code docker compose up} of that service alone, after {@link
 * FileMove} has changed what the files say. The way back is the same, after the files are back.
 */
final class UpMove implements Move {
    private final ComposeCli cli;
    private final Discovery discovery;
    private final Containers containers;
    private final Leftovers leftovers;

    UpMove(ComposeCli cli, Discovery discovery, Containers containers, Leftovers leftovers) {
        this.cli = cli;
        this.discovery = discovery;
        this.containers = containers;
        this.leftovers = leftovers;
    }

    static Duration grace(Step step) {
        return Duration.ofSeconds(Long.parseLong(step.need("drain")));
    }

    /** Services that are made anew or started again with it; steps of before have none. */
    static List<String> with(Step step) {
        return step.with().getOrDefault("with", "").lines().toList();
    }

    /** Services that were stopped before and are so again after an undo; most steps have none. */
    static List<String> rests(Step step) {
        return step.with().getOrDefault("rests", "").lines().toList();
    }

    @Override
    public Duration within(Step step) {
        return grace(step).plus(Duration.parse(step.need("start-within"))).plusSeconds(60);
    }

    @Override
    public Present present(Step step, Work work) {
        try {
            leftovers.awaitNone(work);
            return containers.present(step);
        } catch (ProblemException e) {
            return Present.Unknown.of(e);
        }
    }

    @Override
    public Phrase move(Step step, Work work) {
        return up(step, work);
    }

    @Override
    public Phrase back(Step step, Optional<Receipt> receipt, Work work) {
        if (present(step, work).isAt(step.from())) {
            return NOTHING_TO_TAKE_BACK;
        }
        if (step.from().equals(Step.NOTHING)) {
            leftovers.awaitNone(work);
            work.requireTime();
            cli.remove(Project.of(step), work.by().left(), work.tag());
            return Phrase.of("removed, as it was before");
        }
        Phrase done = up(step, work);
        List<String> rests = rests(step);
        if (rests.isEmpty()) {
            return done;
        }
        cli.stop(Project.of(step), rests, work.by().left(), work.tag());
        return Phrase.of("{0}; {1} stopped again", done, Phrase.list(rests));
    }

    private Phrase up(Step step, Work work) {
        leftovers.awaitNone(work);
        work.requireTime();
        containers.half(step).clear();
        Project project = Project.of(step);
        Duration before = work.by().left();
        cli.up(project, grace(step), with(step), before, work.tag());
        Duration took = before.minus(work.by().left());
        return new NextUp(cli, discovery).says(project, Phrase.of("{0}", took));
    }

    @Override
    public Phrase forget(Step step, Optional<Receipt> receipt, Work work) {
        return Phrase.of("nothing was kept");
    }

    /** As a person types it, in whichever folder. */
    static String shell(ComposeCli cli, Step step) {
        Project project = Project.of(step);
        return cli.typed(project, ComposeCli.up(project, grace(step), with(step)));
    }

    @Override
    public List<Phrase> byHand(Step step, Optional<Receipt> receipt) {
        var lines = new ArrayList<>(halfUp(step));
        Project project = Project.of(step);
        lines.add(
                step.from().equals(Step.NOTHING)
                        ? cli.typed(project, ComposeCli.remove(project))
                        : shell(cli, step));
        return cli.byHand(lines);
    }

    /** Nothing when the engine does not tell. */
    private List<String> halfUp(Step step) {
        try {
            return containers.half(step).byHand().stream().map(cli::typed).toList();
        } catch (ProblemException e) {
            return List.of();
        }
    }

    @Override
    public Script script(Step step) {
        return new ShellUp(cli, step, List.of()).script();
    }
}
