package backout.http;

import backout.language.Phrase;

import okhttp3.Dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives up on a resolver that hangs: the system's own look-up knows no deadline. */
record DeadlineDns(Dns dns, Duration deadline) implements Dns {
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        var task = new FutureTask<>(() -> dns.lookup(host));
        Thread.ofPlatform().daemon().name("dns-" + host).start(task);
        try {
            return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new GaveUp(Phrase.of("no answer in {0} ms", deadline.toMillis()));
        } catch (ExecutionException failed) {
            throw unknown(host, failed);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new GaveUp(Phrase.of("the look-up was cut off"));
        }
    }

    /** Not the resolver's words but ours. */
    static final class GaveUp extends UnknownHostException {
        private final transient Phrase why;

        GaveUp(Phrase why) {
            super(why.toString());
            this.why = why;
        }

        Phrase why() {
            return why;
        }
    }

    private static UnknownHostException unknown(String host, ExecutionException failed) {
        return failed.getCause() instanceof UnknownHostException unknown
                ? unknown
                : (UnknownHostException) new UnknownHostException(host).initCause(failed);
    }
}
