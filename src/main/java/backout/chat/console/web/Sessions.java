package backout.chat.console.web;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Who is signed in, in memory alone: after a restart people sign in again. Only hashes of the
 * cookies are kept. The oldest session ends when there are too many.
 */
final class Sessions {
    static final Duration LAST = Duration.ofHours(12);
    static final int MOST = 200;

    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Predicate<String> isKnown;
    private final InstantSource clock;
    private final LongSupplier versions;

    /**
     * @param isKnown whether the site still has a person of that name
     * @param versions numbers for what the sessions are told
     */
    Sessions(Predicate<String> isKnown, InstantSource clock, LongSupplier versions) {
        this.isKnown = isKnown;
        this.clock = clock;
        this.versions = versions;
    }

    /**
     * @return the cookie's value
     */
    synchronized String begin(String person) {
        String token = Secrets.token();
        sessions.values().removeIf(session -> !isGood(session));
        while (sessions.size() >= MOST) {
            var oldest = sessions.values().iterator();
            oldest.next().end();
            oldest.remove();
        }
        var session = new Session(person, clock.instant().plus(LAST), versions);
        sessions.put(Secrets.hash(token), session);
        return token;
    }

    synchronized Optional<Session> of(String token) {
        return Optional.ofNullable(sessions.get(Secrets.hash(token))).filter(this::isGood);
    }

    /** Not expired, not signed out, and the person is still one of the site's. */
    boolean isGood(Session session) {
        return session.isGood(clock.instant()) && isKnown.test(session.person());
    }

    synchronized void end(Session session) {
        session.end();
        sessions.values().remove(session);
    }
}
