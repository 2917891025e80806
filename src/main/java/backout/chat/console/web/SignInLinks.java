package backout.chat.console.web;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One-time links: who may make one has a shell on the host. They are kept in the {@code signin}
 * folder of the store, so that the process that serves knows what another one made. Removing the
 * file is using the link, and only one can remove it.
 */
public final class SignInLinks {
    /** How long a link is good. */
    public static final Duration GOOD_FOR = Duration.ofMinutes(10);

    /** Links that nobody has used yet; a script gone wild must not fill the disk. */
    static final int MOST = 100;

    private final TokenFiles links;
    private final TokenFiles sessions;
    private final String options;

    public SignInLinks(Path store, InstantSource clock) {
        this(store, clock, "");
    }

    /**
     * @param store the folder of the store; made where it is missing
     * @param options that {@code signin} needs to make a link that is good here, with a blank
     *     before them
     */
    public SignInLinks(Path store, InstantSource clock, String options) {
        this.links = new TokenFiles(store.resolve("signin"), GOOD_FOR, clock);
        this.sessions = new TokenFiles(store.resolve("sessions"), Sessions.LAST, clock);
        this.options = options;
    }

    /** What somebody types on the host who wants such a link. */
    String typed() {
        return "bot/backout signin YOUR-NAME" + options;
    }

    /** Where those are kept whom a link has let in. */
    TokenFiles sessions() {
        return sessions;
    }

    /**
     * Makes a link for this person, good once and for {@link #GOOD_FOR}.
     *
     * @return the path to put behind the console's address: {@code /signin/TOKEN}; whoever has it
     *     is that person
     * @throws ProblemException when it cannot be written down, or too many are unused
     */
    public String make(String person) {
        try {
            if (links.sweep().size() >= MOST) {
                throw Problem.stop(
                        Phrase.of("{0} sign-in links are unused", MOST),
                        Phrase.of("use one, or wait {0} minutes", GOOD_FOR.toMinutes()));
            }
            return "/signin/" + links.make(person);
        } catch (IOException e) {
            throw links.unusable(e);
        }
    }

    /** Whose link it is; using it is another matter. Empty when it is not good (any more). */
    Optional<String> peek(String token) {
        try {
            return links.of(token).map(TokenFiles.Pass::person);
        } catch (IOException e) {
            throw links.unusable(e);
        }
    }

    /** Uses the link: of several who try at once, one gets the person. */
    Optional<String> use(String token) {
        Optional<String> person = peek(token);
        try {
            return person.isPresent() && links.remove(token) ? person : Optional.empty();
        } catch (IOException e) {
            throw links.unusable(e);
        }
    }
}
