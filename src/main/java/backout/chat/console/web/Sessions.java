package backout.chat.console.web;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Who is signed in. It is kept in files, so that a restart signs nobody out; what a person was told
 * is kept in memory alone. Only hashes of the cookies are kept. The oldest session ends when there
 * are too many.
 */
final class Sessions {
    static final Duration LAST = Duration.ofHours(12);
    static final int MOST = 200;

    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final TokenFiles files;
    private final Predicate<String> isKnown;
    private final InstantSource clock;
    private final LongSupplier versions;

    /**
     * @param isKnown whether the site still has a person of that name
     * @param versions numbers for what the sessions are told
     */
    Sessions(
            TokenFiles files,
            Predicate<String> isKnown,
            InstantSource clock,
            LongSupplier versions) {
        this.files = files;
        this.isKnown = isKnown;
        this.clock = clock;
        this.versions = versions;
    }

    /**
     * @return the cookie's value
     */
    synchronized String begin(String person) {
        try {
            files.keepBelow(MOST);
            String token = files.make(person);
            open(token, person, clock.instant().plus(LAST));
            return token;
        } catch (IOException e) {
            throw files.unusable(e);
        }
    }

    private Session open(String token, String person, Instant until) {
        sessions.values().removeIf(session -> !isGood(session));
        while (sessions.size() >= MOST) {
            var oldest = sessions.values().iterator();
            oldest.next().end();
            oldest.remove();
        }
        var session = new Session(person, until, token, versions);
        sessions.put(Secrets.hash(token), session);
        return session;
    }

    /** One that another process began is gone on with. */
    synchronized Optional<Session> of(String token) {
        Optional<Session> known = Optional.ofNullable(sessions.get(Secrets.hash(token)));
        return known.or(() -> kept(token)).filter(this::isGood);
    }

    private Optional<Session> kept(String token) {
        try {
            return files.of(token).map(pass -> open(token, pass.person(), pass.until()));
        } catch (IOException e) {
            throw files.unusable(e);
        }
    }

    /** Not expired, not signed out, and the person is still one of the site's. */
    boolean isGood(Session session) {
        return session.isGood(clock.instant()) && isKnown.test(session.person());
    }

    synchronized void end(Session session) {
        session.end();
        sessions.values().remove(session);
        try {
            files.remove(session.token());
        } catch (IOException e) {
            throw files.unusable(e);
        }
    }
}
