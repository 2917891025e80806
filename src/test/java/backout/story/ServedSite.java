package backout.story;

import backout.Seat;
import backout.fixture.Await;
import backout.operations.Asked;
import backout.run.Executor;
import backout.run.HandClock;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A site with a simulated service, a bot that serves it, and its private listener. */
final class ServedSite implements AutoCloseable {
    final HandClock clock = new HandClock();
    final SimService service = new SimService();
    final SimSite site;
    final Path home;
    final Path store;
    private final int port = Await.freePort();
    private Seat seat;

    ServedSite(Path home, int votes) {
        this(home, votes, home.resolve("var"));
    }

    /** With its state elsewhere. */
    ServedSite(Path home, int votes, Path store) {
        this.home = home;
        this.store = store;
        site = SimSite.in(home, votes, "0s");
        seat = seat();
        configure("");
    }

    /**
     * @param more keys of config/backout.yml
     */
    ServedSite configure(String more) {
        site.write(
                "config/backout.yml",
                "store: {dir: \"%s\"}\nlisten: {private: \"127.0.0.1:%d\"}\n%s"
                        .formatted(store, port, more));
        return this;
    }

    ServedSite serve() {
        seat = seat().start("serve");
        seat.until("serving until it is stopped");
        return this;
    }

    ServedSite serve(Executor executor) {
        seat = new Seat(home, executor, clock).start("serve");
        seat.until("serving until it is stopped");
        return this;
    }

    /** Another start of {@code bot/backout} on the same folders. */
    Seat seat() {
        return new Seat(home, service, clock);
    }

    Asked asks(String path) {
        return Asked.get(port, path);
    }

    int port() {
        return port;
    }

    Exposition metrics() {
        return Exposition.of(asks("/metrics").text());
    }

    void awaitReady() {
        Await.until("it is ready", () -> asks("/readyz").status() == 200);
    }

    /** Waits until these are not ready, and gives the answer. */
    Asked awaitNotReady(String... names) {
        Await.until(
                "not ready: " + String.join(", ", names), () -> notReady().equals(List.of(names)));
        return asks("/readyz");
    }

    private List<String> notReady() {
        var names = new ArrayList<String>();
        asks("/readyz").json().path("not-ready").forEach(name -> names.add(name.asString()));
        return names;
    }

    void stop() {
        seat.interrupt();
        seat.exitCode();
    }

    @Override
    public void close() {
        stop();
    }
}
