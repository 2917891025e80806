package backout.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Slash commands as Slack sends them, signed, over connections that stay open: one request under
 * way on each.
 */
final class SlackLoad {
    private static final AtomicLong COUNT = new AtomicLong(System.nanoTime());

    private final String secret;
    private final String user;
    private final String text;

    SlackLoad(String secret, String text) {
        this(secret, "U1", text);
    }

    SlackLoad(String secret, String user, String text) {
        this.secret = secret;
        this.user = user;
        this.text = text;
    }

    /**
     * @return how long each request took until its whole answer was there, in milliseconds, sorted
     */
    double[] send(int port, int connections, int requestsEach) throws Exception {
        try (var threads = Executors.newFixedThreadPool(connections)) {
            Callable<double[]> one = () -> sendOne(port, requestsEach);
            List<Future<double[]>> sent =
                    threads.invokeAll(java.util.Collections.nCopies(connections, one));
            double[] all = new double[connections * requestsEach];
            int at = 0;
            for (Future<double[]> each : sent) {
                double[] times = each.get();
                System.arraycopy(times, 0, all, at, times.length);
                at += times.length;
            }
            Arrays.sort(all);
            return all;
        }
    }

    private double[] sendOne(int port, int requests) throws Exception {
        double[] times = new double[requests];
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            var in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < requests; i++) {
                byte[] request = request();
                long began = System.nanoTime();
                out.write(request);
                out.flush();
                int status = answer(in);
                times[i] = (System.nanoTime() - began) / 1e6;
                if (status != 200) {
                    throw new IOException("answered " + status);
                }
            }
        }
        return times;
    }

    /** Sends it once and returns the body of the answer. */
    String say(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request());
            var in = new BufferedInputStream(socket.getInputStream());
            int length = 0;
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                String lower = header.toLowerCase(java.util.Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(lower.substring(15).strip());
                }
            }
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] request() throws GeneralSecurityException {
        long number = COUNT.incrementAndGet();
        String body =
                "token=t&team_id=T1&team_domain=d&channel_id=C1&channel_name=ops&user_id="
                        + user
                        + "&user_name=somebody&command=%2Frollback&text="
                        + text
                        + "&api_app_id=A1&response_url=http%3A%2F%2F127.0.0.1%3A1%2Fr&trigger_id="
                        + number;
        long stamp = Instant.now().getEpochSecond();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] sign = mac.doFinal(("v0:" + stamp + ":" + body).getBytes(StandardCharsets.UTF_8));
        return ("POST /slack/events HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + body.length()
                        + "\r\nX-Slack-Request-Timestamp: "
                        + stamp
                        + "\r\nX-Slack-Signature: v0="
                        + HexFormat.of().formatHex(sign)
                        + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Reads one answer to its end: by its length, or in chunks. */
    private static int answer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        int length = -1;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
        }
        if (length >= 0) {
            in.skipNBytes(length);
            return status;
        }
        int chunk = Integer.parseInt(line(in), 16);
        while (chunk > 0) {
            in.skipNBytes(chunk + 2L);
            chunk = Integer.parseInt(line(in), 16);
        }
        in.skipNBytes(2);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** The value below which this part of all lies. */
    static double percentile(double[] sorted, double part) {
        int index = (int) Math.ceil(part * sorted.length) - 1;
        return sorted[Math.clamp(index, 0, sorted.length - 1)];
    }
}
