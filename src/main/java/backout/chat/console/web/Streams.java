package backout.chat.console.web;

import backout.language.Language;
import backout.language.Phrase;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Server-sent events: whatever changed since the browser last looked, each on the thread of its own
 * request. A browser that comes back says what it saw last and gets the rest.
 */
final class Streams implements AutoCloseable {
    static final int MOST = 64;

    /** A browser opens one per tab that is being looked at. */
    static final int MOST_OF_ONE = 6;

    private static final Duration REDRAW = Duration.ofSeconds(20);

    /**
     * How often is looked, and how often something is sent so that a broken connection is noticed.
     */
    record Pace(Duration look, Duration heartbeat) {
        static final Pace USUAL = new Pace(Duration.ofMillis(250), Duration.ofSeconds(10));
    }

    private final Feed feed;
    private final ChannelPage page;
    private final Sessions sessions;
    private final Pace pace;
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    Streams(Feed feed, ChannelPage page, Sessions sessions, Pace pace) {
        this.feed = feed;
        this.page = page;
        this.sessions = sessions;
        this.pace = pace;
    }

    int open() {
        return open.get();
    }

    /**
     * Sends until the browser goes away, the session ends or the console closes.
     *
     * @param mark what the browser saw last
     * @throws Refused when too many are open
     */
    void serve(Exchange exchange, Session session, String mark) throws IOException, Refused {
        boolean free = open.incrementAndGet() <= MOST;
        boolean own = session.streams().incrementAndGet() <= MOST_OF_ONE;
        try {
            if (!free || !own || closed.getCount() == 0) {
                throw new Refused(
                        503,
                        Phrase.of("too many pages are open"),
                        Phrase.of("close some, then load the page again"));
            }
            exchange.response().setContentType("text/event-stream;charset=utf-8");
            new Stream(
                            exchange.response().getOutputStream(),
                            session,
                            exchange.language(),
                            feed.since(mark))
                    .run();
        } finally {
            session.streams().decrementAndGet();
            open.decrementAndGet();
        }
    }

    /** Ends all of them at once. */
    @Override
    public void close() {
        closed.countDown();
    }

    private final class Stream {
        private final OutputStream out;
        private final Session session;
        private final Language language;
        private long cards;
        private long notices;
        private String side = "";
        private long drawn;
        private long sent = System.nanoTime();

        private Stream(OutputStream out, Session session, Language language, long since) {
            this.out = out;
            this.session = session;
            this.language = language;
            this.cards = since;
            this.notices = since;
        }

        private void run() throws IOException {
            send("retry: 2000\n\n");
            do {
                if (!sessions.isGood(session)) {
                    send("event: bye\ndata: \n\n");
                    return;
                }
                news();
                if (System.nanoTime() - sent > pace.heartbeat().toNanos()) {
                    send(": still here\n\n");
                }
            } while (!isClosedWithin(pace.look()));
        }

        /** The mark comes last: who loses the connection before it gets all of it again. */
        private void news() throws IOException {
            boolean first = side.isEmpty();
            Feed.Look look = feed.look(first);
            var news = new StringBuilder();
            look.runs().reversed().stream()
                    .filter(seen -> seen.version() > cards)
                    .forEach(seen -> event(news, "card", page.card(seen, session).in(language)));
            long told = session.changed();
            if (told > notices) {
                event(news, "notices", new NoticeList(session).region().in(language));
            }
            side(look, news);
            if (!news.isEmpty() || first) {
                send(news + "id: " + feed.mark(look.version()) + "\n\n");
            }
            cards = look.version();
            notices = told;
        }

        /** "3 min ago" grows old by itself: that is news only now and then. */
        private void side(Feed.Look look, StringBuilder news) {
            boolean old = System.nanoTime() - drawn > REDRAW.toNanos();
            if (!side.isEmpty() && look.version() == cards && !old) {
                return;
            }
            drawn = System.nanoTime();
            String now = page.side(look.runs(), session).in(language);
            if (!now.equals(side)) {
                side = now;
                event(news, "side", now);
            }
        }

        private void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            sent = System.nanoTime();
        }
    }

    private static void event(StringBuilder news, String name, String data) {
        news.append("event: ").append(name).append('\n');
        data.lines().forEach(line -> news.append("data: ").append(line).append('\n'));
        news.append('\n');
    }

    private boolean isClosedWithin(Duration time) {
        try {
            return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
