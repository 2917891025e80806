package backout.chat.console.web;

import backout.language.Phrase;
import backout.report.Card;
import backout.run.Journal;
import backout.run.LiveProgress;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The runs that the channel shows, and which of them changed since somebody last looked. Reads the
 * journal, so it knows what other processes did; looks when it is asked and never by itself.
 */
final class Feed {
    /** How many runs are shown that are over. */
    static final int RECENT = 20;

    /** Milliseconds that no two runs are apart. */
    private static final long OPEN_FIRST = 1L << 50;

    /** Streams ask together more often than this; the journal is not read more often. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private static final Duration LOCKS_EVERY = Duration.ofSeconds(10);

    /**
     * A run as it was last seen.
     *
     * @param halted why this process does not go on with it
     * @param word what its step says that this process is at work on
     */
    record Seen(Run run, Optional<Phrase> halted, Optional<LiveProgress.Word> word, long version) {}

    /**
     * All runs, those first that are not over, of each the newest first.
     *
     * @param version none of them has a higher one, and none that changed before it is missing
     */
    record Look(List<Seen> runs, long version) {}

    private final Journal journal;
    private final Function<RunId, Optional<Phrase>> halted;
    private final Function<RunId, Optional<LiveProgress.Word>> words;

    /** Tells the versions of this process from those of another. */
    private final String epoch = Secrets.name().substring(0, 8);

    private final AtomicLong version = new AtomicLong();
    private final Map<RunId, Seen> seen = new HashMap<>();
    private final Map<RunId, Boolean> locking = new HashMap<>();
    private long lockLooked = System.nanoTime() - LOCKS_EVERY.toNanos();
    private long looked = System.nanoTime() - LOOK_EVERY.toNanos();

    Feed(
            Journal journal,
            Function<RunId, Optional<Phrase>> halted,
            Function<RunId, Optional<LiveProgress.Word>> words) {
        this.journal = journal;
        this.halted = halted;
        this.words = words;
    }

    /** A number that is the higher, the further up a run stands: what is not over is on top. */
    static long order(Seen seen) {
        boolean open = seen.run().outcome().isEmpty();
        return seen.run().request().at().toEpochMilli() + (open ? OPEN_FIRST : 0);
    }

    /** A number for what changes now, higher than all before. */
    long next() {
        return version.incrementAndGet();
    }

    /** Where somebody is who has seen everything up to now: {@code 5aX0qw3d-17}. */
    String mark(long version) {
        return epoch + "-" + version;
    }

    /** Reads {@link #mark}; zero, which is before everything, for one of another process. */
    long since(String mark) {
        int dash = mark.lastIndexOf('-');
        boolean ours = dash > 0 && mark.substring(0, dash).equals(epoch);
        String number = mark.substring(dash + 1);
        return ours && number.matches("\\d{1,18}") ? Long.parseLong(number) : 0;
    }

    /**
     * The runs of the channel.
     *
     * @param atOnce read now, also when that was just done
     */
    synchronized Look look(boolean atOnce) {
        long now = System.nanoTime();
        if (atOnce || now - looked >= LOOK_EVERY.toNanos()) {
            read();
            looked = now;
            if (now - lockLooked >= LOCKS_EVERY.toNanos()) {
                readLocks();
                lockLooked = now;
            }
        }
        var runs =
                seen.values().stream()
                        .sorted(Comparator.comparingLong(Feed::order).reversed())
                        .toList();
        return new Look(runs, version.get());
    }

    /** Whether a run still holds its lock is no event of its own; it is looked at now and then. */
    private void readLocks() {
        for (Seen one : List.copyOf(seen.values())) {
            RunId id = one.run().id();
            if (one.run().outcome().isPresent()) {
                boolean locks = Card.locks(one.run(), journal);
                Boolean before = locking.put(id, locks);
                if (before != null && before != locks) {
                    seen.put(id, new Seen(one.run(), one.halted(), one.word(), next()));
                }
            }
        }
        locking.keySet().retainAll(seen.keySet());
    }

    private void read() {
        var ids = new LinkedHashSet<>(journal.open());
        ids.addAll(journal.recent(RECENT));
        seen.keySet().retainAll(ids);
        ids.forEach(this::read);
    }

    /** One that is over does not change any more. */
    private void read(RunId id) {
        Seen old = seen.get(id);
        if (old != null && old.run().outcome().isPresent()) {
            return;
        }
        List<RunEvent> events = journal.read(id);
        Optional<Phrase> why = halted.apply(id);
        Optional<LiveProgress.Word> word = words.apply(id);
        boolean same =
                old != null
                        && old.run().version() == events.size()
                        && old.halted().equals(why)
                        && old.word().equals(word);
        if (!same && !events.isEmpty()) {
            seen.put(id, new Seen(Run.of(events), why, word, next()));
        }
    }
}
