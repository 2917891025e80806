package backout.docker;

import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.language.Phrase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Pause;
import backout.run.Probes;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a target that is one container is looked at with: the container, its address, the last lines
 * of its log.
 *
 * @param container looked at through the engine
 * @param address asked over HTTP
 * @param own the one container of the target; may throw where nobody knows
 * @param needs what it needs and what is not there
 */
public record ContainerEyes(
        Target target,
        ContainerProbe container,
        Probe address,
        ContainerLog logs,
        Supplier<ContainerSummary> own,
        Supplier<List<Phrase>> needs)
        implements Probes {
    /** One that only starts is not unwell. */
    private static final List<String> UNSAID = List.of("container [HEALTH] != unhealthy");

    @Override
    public Reading look(Subject subject, Duration within) {
        return switch (subject) {
            case Subject.Http asked -> address.look(asked, within);
            case Subject.Container asked -> container.look(asked, within);
            case Subject.OwnProcess _, Subject.Redis _, Subject.Disk _, Subject.Names _ ->
                    new Reading.NotSeen(
                            Problem.of(
                                    Phrase.of(
                                            "a {0} target has no probe for {1}",
                                            target.name().kind(), subject.word()),
                                    Phrase.of("take the check out")));
        };
    }

    @Override
    public String running() {
        return own.get().imageId();
    }

    @Override
    public void repeatedly(Pause pause) {
        container.measure(pause);
    }

    /** What its image or its container says of its health counts. */
    @Override
    public List<String> unsaid() {
        return is(state -> state.health().isPresent()) ? UNSAID : List.of();
    }

    @Override
    public boolean isHopeless() {
        return is(ContainerState::isHopeless);
    }

    /** An engine that does not tell is no reason to give up: the looks say so themselves. */
    private boolean is(Predicate<ContainerState> what) {
        try {
            return container.state().filter(what).isPresent();
        } catch (ProblemException unknown) {
            return false;
        }
    }

    @Override
    public List<Phrase> log() {
        return logs.last(target, own);
    }

    @Override
    public List<Phrase> outside() {
        return needs.get();
    }

    @Override
    public void close() {
        container.close();
    }
}
