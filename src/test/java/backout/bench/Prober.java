package backout.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a port of the loopback for {@code /health} every 10 ms, each time on a new connection. A
 * probe that has no 200 within 500 ms has failed.
 */
final class Prober implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(10);
    private static final int WITHIN_MILLIS = 500;
    private static final byte[] REQUEST =
            "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final String WELL = "HTTP/1.1 200";

    private final ConcurrentLinkedQueue<Downtime.Probe> probes = new ConcurrentLinkedQueue<>();
    private final int port;
    private final Thread thread;

    /** Begins. */
    Prober(int port) {
        this.port = port;
        this.thread = Thread.ofPlatform().daemon().name("prober").start(this::probeOnAndOn);
    }

    private void probeOnAndOn() {
        long next = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            Thread.ofVirtual().start(this::probe);
            next += EVERY.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void probe() {
        long began = System.nanoTime();
        probes.add(new Downtime.Probe(began, isWell(began)));
    }

    private boolean isWell(long began) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WITHIN_MILLIS);
            socket.getOutputStream().write(REQUEST);
            var start = new StringBuilder();
            while (start.length() < WELL.length()) {
                long left = WITHIN_MILLIS - (System.nanoTime() - began) / 1_000_000;
                socket.setSoTimeout((int) Math.max(1, left));
                int c = socket.getInputStream().read();
                if (c < 0 || left <= 0) {
                    return false;
                }
                start.append((char) c);
            }
            return start.toString().equals(WELL);
        } catch (IOException failed) {
            return false;
        }
    }

    /** What the probes found that have ended by now. */
    List<Downtime.Probe> found() {
        return List.copyOf(probes);
    }

    /** Well for the last 300 ms, after it was not. */
    boolean isBack() {
        List<Downtime.Probe> found = found();
        return found.stream().anyMatch(probe -> !probe.well()) && Downtime.isOver(found, 30);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
