package backout.operations;

import backout.problem.ProblemException;
import backout.run.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Looks now and then at everything that the bot needs, each in a thread of its own, so that the
 * question whether it is ready is answered from what was seen last and never waits.
 */
public final class Lookout implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Lookout.class);

    /** Every look has a deadline; with three of them missed it is no longer known. */
    private static final int MISSED = 3;

    private static final String NAMED = "look at ";

    /**
     * The pauses between looks.
     *
     * @param own at what is the bot's own or near it
     * @param chats at what counts how often it is asked
     */
    public record Pauses(Duration own, Duration chats) {
        /** Slack lets a token ask who it is some hundred times a minute; once is enough. */
        public static final Pauses USUAL =
                new Pauses(Duration.ofSeconds(10), Duration.ofMinutes(1));
    }

    /** What is not known yet is looked at again: whoever starts it waits for it to be ready. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** One look, with a deadline of its own. */
    @FunctionalInterface
    public interface Look {
        /**
         * @return what was seen, for operators; never a secret
         * @throws ProblemException when what it looks at is not ready
         */
        String now();
    }

    /** There is nothing to be seen yet: neither ready nor a trouble. */
    public static final class NotYet extends RuntimeException {
        private static final long serialVersionUID = 1;

        public NotYet(String why) {
            super(why);
        }
    }

    /** Whether something is ready. */
    public enum State {
        READY,
        NOT_READY,
        UNKNOWN
    }

    /**
     * What was seen last.
     *
     * @param age of what was seen; empty before the first look
     */
    public record Row(String name, State state, String says, Optional<Duration> age) {}

    private record Seen(State state, String says, long nanos) {}

    private final class Post {
        private final String name;
        private final Duration every;
        private volatile @Nullable Seen last;

        Post(String name, Duration every) {
            this.name = name;
            this.every = every;
        }

        /** Says how long the pause is until the next look. */
        Duration look(Look look) {
            Seen seen = seen(look);
            Seen before = last;
            last = seen;
            if (before == null || before.state() != seen.state()) {
                tell(seen);
            }
            return seen.state() == State.UNKNOWN && every.compareTo(SOON) > 0 ? SOON : every;
        }

        private void tell(Seen seen) {
            switch (seen.state()) {
                case READY -> log.info("{} is ready: {}", name, seen.says());
                case NOT_READY -> log.warn("{} is not ready: {}", name, seen.says());
                case UNKNOWN -> log.debug("{} is not known: {}", name, seen.says());
            }
        }

        private Seen seen(Look look) {
            try {
                return new Seen(State.READY, look.now(), nanos.getAsLong());
            } catch (ProblemException e) {
                return new Seen(State.NOT_READY, e.problem().toString(), nanos.getAsLong());
            } catch (NotYet e) {
                String says = String.valueOf(e.getMessage());
                return new Seen(State.UNKNOWN, says, nanos.getAsLong());
            } catch (RuntimeException e) {
                log.error("{} could not be looked at: our own fault", name, e);
                String says = "could not be looked at: " + e.getClass().getSimpleName();
                return new Seen(State.UNKNOWN, says, nanos.getAsLong());
            }
        }

        Row row() {
            Seen seen = last;
            if (seen == null) {
                return new Row(name, State.UNKNOWN, "not looked at yet", Optional.empty());
            }
            Duration age = Duration.ofNanos(nanos.getAsLong() - seen.nanos());
            boolean stale = age.compareTo(every.multipliedBy(MISSED).plus(PATIENCE)) > 0;
            return stale
                    ? new Row(name, State.UNKNOWN, "was: " + seen.says(), Optional.of(age))
                    : new Row(name, seen.state(), seen.says(), Optional.of(age));
        }
    }

    private final LongSupplier nanos;
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final List<Loop> loops = new CopyOnWriteArrayList<>();

    public Lookout(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Looks at once, one of many in its turn, and then each time after this pause, sooner while it
     * is not known.
     */
    public void watch(String name, Duration every, Look look) {
        var post = new Post(name, every);
        Duration first = Loop.turn(posts.size());
        posts.add(post);
        Duration within = every.multipliedBy(MISSED).plus(PATIENCE).plus(PATIENCE);
        loops.add(Loop.paced(NAMED + name, first, within, () -> post.look(look)).start());
    }

    /** Looks at it no more. */
    public void leave(String name) {
        posts.removeIf(post -> post.name.equals(name));
        loops.stream().filter(loop -> loop.name().equals(NAMED + name)).forEach(Loop::stop);
        loops.removeIf(Loop::isStopped);
    }

    /** In the order in which they were named. */
    public List<Row> rows() {
        return posts.stream().map(Post::row).toList();
    }

    public List<Loop> loops() {
        return List.copyOf(loops);
    }

    /** What it is looking at now is looked at to the end: its {@link #loops} end then. */
    @Override
    public void close() {
        loops.forEach(Loop::stop);
    }
}
