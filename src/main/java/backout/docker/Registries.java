package backout.docker;

import backout.language.Phrase;
import backout.problem.ProblemException;

import java.time.Duration;
import java.util.Optional;

/** Asks registries through the engine, as whom {@code docker pull} on this host would ask them. */
public final class Registries {
    private final Images images;
    private final RegistryLogins logins;

    public Registries(Engine engine, RegistryLogins logins) {
        this.images = engine.images();
        this.logins = logins;
    }

    /**
     * A login that cannot be read is none, as for docker itself; it is told where one is needed.
     */
    public RegistryAnswer ask(ImageName name, Duration within) {
        Optional<RegistryLogin> login;
        try {
            login = logins.of(name.registry());
        } catch (ProblemException unreadable) {
            return explained(images.remote(name, null, within), unreadable);
        }
        return images.remote(name, login.orElse(null), within);
    }

    private static RegistryAnswer explained(RegistryAnswer answer, ProblemException why) {
        return answer instanceof RegistryAnswer.NotAllowed(Phrase said)
                ? new RegistryAnswer.NotAllowed(Phrase.of("{0} ({1})", said, why.problem().what()))
                : answer;
    }
}
