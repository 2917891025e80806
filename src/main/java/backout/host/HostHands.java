package backout.host;

import backout.language.Phrase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.run.Hands;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs hooks on the machines that there are. What they print may hold a secret, so only how they
 * ended is told.
 */
public record HostHands(Hosts hosts) implements Hands {
    @Override
    public Phrase run(
            Target target,
            List<String> arguments,
            Map<String, String> environment,
            Duration within) {
        var command = Command.of(within, arguments).with(environment);
        Result.Exited ended = hosts.named(target.host()).run(command).exited();
        if (!ended.isSuccess()) {
            throw Problem.stop(
                    Phrase.of("{0} ended with {1}", command.summary(), ended.exitCode()),
                    target.host(),
                    Phrase.of("run it by hand on its host to see what it says"));
        }
        return Phrase.NONE;
    }
}
