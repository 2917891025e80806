package backout.chat.console.web;

import backout.language.Phrase;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** One person in one browser: what they were told, and which of their forms were sent. */
final class Session {
    /** Older notices are dropped. */
    static final int NOTICES = 8;

    private static final int DELIVERIES = 200;

    private final String person;
    private final Instant until;
    private final LongSupplier versions;
    private final String token;
    private final String csrf;
    private final Map<String, Notice> notices = new LinkedHashMap<>();
    private final Map<String, String> delivered = new LinkedHashMap<>();
    private final ReentrantLock one = new ReentrantLock();
    private final AtomicInteger streams = new AtomicInteger();
    private long changed;
    private int made;
    private volatile boolean over;

    /**
     * @param until when it ends by itself
     * @param token the cookie's value; its forms are known by what is made of it, so that those of
     *     a page that was open while the bot was started anew are good
     * @param versions a higher number each time: whoever has seen a version has seen all notices
     *     with a lower one
     */
    Session(String person, Instant until, String token, LongSupplier versions) {
        this.person = person;
        this.until = until;
        this.token = token;
        this.csrf = Secrets.hash("form " + token);
        this.versions = versions;
    }

    String person() {
        return person;
    }

    String token() {
        return token;
    }

    boolean isGood(Instant now) {
        return !over && now.isBefore(until);
    }

    void end() {
        over = true;
    }

    /**
     * Whether a form was made for this session.
     *
     * @throws Refused when its page was made for another one
     */
    void checkToken(Map<String, String> sent) throws Refused {
        if (!Secrets.same(csrf, sent.getOrDefault("csrf", ""))) {
            throw new Refused(
                    403,
                    Phrase.of("this page was made for another session; nothing was done"),
                    Phrase.of("load the page again, then do it again"));
        }
    }

    Hand hand() {
        return new Hand(csrf, Secrets::name);
    }

    /** How many streams of events it has open. */
    AtomicInteger streams() {
        return streams;
    }

    /**
     * Does it unless this delivery was done before; the second of two at once waits for the first.
     *
     * @return what the first one returned
     */
    String once(String delivery, Supplier<String> doing) {
        one.lock();
        try {
            String known = delivered.get(delivery);
            if (known != null) {
                return known;
            }
            String came = doing.get();
            delivered.put(delivery, came);
            trim(delivered, DELIVERIES);
            return came;
        } finally {
            one.unlock();
        }
    }

    private static <T> void trim(Map<String, T> map, int most) {
        var oldest = map.keySet().iterator();
        for (int over = map.size() - most; over > 0; over--) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Tells something; of lines about runs only the last is kept. */
    synchronized Notice tell(Instant at, String words, Notice.Body body) {
        if (body instanceof Notice.Body.Said) {
            notices.values().removeIf(notice -> notice.body() instanceof Notice.Body.Said);
        }
        made++;
        changed = versions.getAsLong();
        var notice = new Notice("n" + made, changed, at, words, body);
        notices.put(notice.id(), notice);
        trim(notices, NOTICES);
        return notice;
    }

    /** Changes one that is still there. */
    synchronized void change(String id, Notice.Body body) {
        changed = versions.getAsLong();
        notices.computeIfPresent(
                id, (_, old) -> new Notice(id, changed, old.at(), old.words(), body));
    }

    synchronized void dismiss(String id) {
        changed = versions.getAsLong();
        notices.remove(id);
    }

    synchronized Optional<Notice> notice(String id) {
        return Optional.ofNullable(notices.get(id));
    }

    /** The newest first. */
    synchronized List<Notice> notices() {
        return List.copyOf(new ArrayList<>(notices.values()).reversed());
    }

    /** The version of the last change of its notices. */
    synchronized long changed() {
        return changed;
    }
}
