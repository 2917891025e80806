package backout.serve;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C and SIGTERM. Work that ends in good order heeds it; while nobody does, and when somebody
 * asks a second time, the process ends at once.
 */
public final class Stop {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Runnable endAtOnce;
    private volatile boolean heeded;

    public Stop(Runnable endAtOnce) {
        this.endAtOnce = endAtOnce;
    }

    /** From now on somebody looks at {@link #isAsked} often, or waits. */
    public void heed() {
        heeded = true;
    }

    public void ask() {
        if (!heeded || isAsked()) {
            endAtOnce.run();
        }
        asked.countDown();
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    public void await() throws InterruptedException {
        asked.await();
    }
}
