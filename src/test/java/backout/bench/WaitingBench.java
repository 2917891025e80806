package backout.bench;

import backout.chat.Message;
import backout.chat.Place;
import backout.command.Site;
import backout.fixture.Folders;
import backout.plan.TargetName;
import backout.report.Posts;
import backout.report.Publisher;
import backout.report.Room;
import backout.run.Journal;
import backout.run.LiveProgress;
import backout.run.Observers;
import backout.run.Parked;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.store.sql.SqlStore;
import backout.watch.Leader;
import backout.watch.Resumer;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What a thousand runs cost that wait for people, with whoever drives them and a chat's cards:
 * beside the same bot that none wait for, because waking up at all costs some machines more than
 * what is done then.
 */
final class WaitingBench implements Benchmark {
    private static final String CHAT = "slack";
    private static final int RUNS = 1000;
    private static final String NONE = "none waits";
    private static final String WAITING = RUNS + " wait";
    private static final Duration MEASURED = Duration.ofSeconds(10);

    private final Figures figures = new Figures();
    private final InstantSource clock = InstantSource.system();

    @Override
    public List<Goal> run(int rounds, Leavings leavings) throws Exception {
        measure(NONE, 0, rounds, leavings);
        measure(WAITING, RUNS, rounds, leavings);
        Bench.print(figures, "%");
        return List.of(
                new Goal(
                        RUNS + " waiting runs, % of one core beside none",
                        figures.median(WAITING) - figures.median(NONE),
                        2));
    }

    private void measure(String name, int runs, int rounds, Leavings leavings) throws Exception {
        var folder = Folders.make("waiting");
        AutoCloseable gone = () -> Folders.delete(folder);
        var _ = leavings.add(gone);
        try (var store = SqlStore.open(folder, clock)) {
            for (RunId id : begin(store.journal(), runs)) {
                post(store.posts(), id);
            }
            store.outbox().join(CHAT);
            Publisher publisher = publisher(store);
            var resumer =
                    new Resumer(
                            store.journal(),
                            id -> waits(store.journal(), id),
                            _ -> {},
                            new Leader(store.leases()),
                            clock);
            publisher.start();
            resumer.serve();
            Thread.sleep(MEASURED);
            for (int round = 0; round < rounds; round++) {
                measure(name);
            }
            publisher.stop();
            var _ = resumer.stop(Duration.ofSeconds(10));
        }
    }

    private Publisher publisher(SqlStore store) {
        return new Publisher(
                new Silent(),
                List.of(),
                new Site(List.of(), Map.of(), Map.of(), Map.of()),
                store.journal(),
                store.outbox(),
                store.posts(),
                clock,
                new Observers(),
                new LiveProgress());
    }

    /** Its card is up to date. */
    private static void post(Posts posts, RunId id) {
        var place = new Place(CHAT, "C1OPS");
        var post = new Posts.Post(id, Posts.Kind.CARD, place, Optional.empty(), 0, 0, "");
        posts.begin(post);
        posts.keep(post.at("1772330000." + id).shown(1).told(1));
    }

    private static Parked waits(Journal journal, RunId id) {
        return new Parked.Until(Instant.MAX, journal.read(id).size());
    }

    private void measure(String name) throws InterruptedException {
        long began = System.nanoTime();
        long cpu = cpu();
        Thread.sleep(MEASURED);
        figures.add(name, 100.0 * (cpu() - cpu) / (System.nanoTime() - began));
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private List<RunId> begin(Journal journal, int runs) {
        var random = new Random(7);
        var ids = new ArrayList<RunId>();
        while (ids.size() < runs) {
            RunId id = RunId.random(random);
            if (!ids.contains(id)) {
                ids.add(id);
                journal.begin(requested(id, ids.size()));
            }
        }
        return ids;
    }

    private RunEvent.Requested requested(RunId id, int number) {
        return new RunEvent.Requested(
                clock.instant(),
                id,
                "delivery of " + id,
                "li",
                new TargetName("compose", "service-" + number),
                "compose",
                "compose service-" + number,
                "5xx",
                Map.of(),
                CHAT + ":C1OPS");
    }

    /** A chat that takes everything. */
    private static final class Silent implements Room {
        @Override
        public String chat() {
            return CHAT;
        }

        @Override
        public boolean isDirect(String channel) {
            return false;
        }

        @Override
        public String post(String channel, String key, Message message) {
            return key;
        }

        @Override
        public Optional<String> find(String channel, String key) {
            return Optional.empty();
        }

        @Override
        public void edit(String channel, String address, Message message) {}

        @Override
        public void reply(String channel, String address, Message message) {}

        @Override
        public void whisper(String channel, String person, Message message) {}

        @Override
        public void direct(String person, Message message) {}
    }
}
