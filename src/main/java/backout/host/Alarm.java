package backout.host;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does something when it is not closed in time. */
final class Alarm implements AutoCloseable {
    private final CountDownLatch over = new CountDownLatch(1);

    private Alarm() {}

    static Alarm in(Duration time, Runnable work) {
        var alarm = new Alarm();
        Thread.ofVirtual()
                .name("alarm")
                .start(() -> {
                    try {
                        if (!alarm.over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                            work.run();
                        }
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        return alarm;
    }

    @Override
    public void close() {
        over.countDown();
    }
}
