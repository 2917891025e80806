package backout.http;

import backout.check.Caller;
import backout.check.Reading;
import backout.check.Secret;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Target;
import backout.problem.Problem;
import backout.run.Callers;

import java.util.Optional;

/** Sends the steps of suites over HTTP, from the bot. */
public final class TargetCalls implements Callers {
    private final Secrets secrets;
    private final HttpProbe http = new HttpProbe(Http.client(), _ -> Optional.empty());

    public TargetCalls(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public Caller of(Target target) {
        return TargetProbe.isFar(target)
                ? (_, _) ->
                        new Reading.NotSeen(
                                Problem.of(
                                        Phrase.of(
                                                "{0} is asked from its host, where no suite is"
                                                        + " sent from",
                                                target.name()),
                                        Phrase.of("take from: host out where the bot reaches it")))
                : http;
    }

    @Override
    public Optional<Secret> secret(Target target, String name) {
        return secrets.named(target.settings(), name);
    }
}
