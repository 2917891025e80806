package backout.frontdesk;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What a chat's face does beside answering: each in a thread of its own, until it is closed. */
public final class Aside implements Executor, AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @throws java.util.concurrent.RejectedExecutionException when it is closed
     */
    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /** Lets what is under way end, for a few seconds. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
