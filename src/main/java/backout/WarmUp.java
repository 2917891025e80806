package backout;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.http.Http;
import backout.serve.Stop;

import okhttp3.Request;
import okhttp3.RequestBody;

import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the launcher's cache of loaded classes is trained on: {@code serve} on a throw-away site
 * answers a browser and Slack, and ends. No Docker engine and nothing outside this host is needed.
 */
final class WarmUp {
    private static final int TRIES = 200;
    private static final String SIGNING_SECRET = "warm-up";

    /** The last becomes a run that is journalled, finds no engine and is over. */
    private static final List<String> WORDS = List.of("help", "status", "compose+a+because+warm");

    private final Path folder;
    private final Path commands;
    private final int publicPort = freePort();
    private final int privatePort = freePort();

    private WarmUp(Path folder, Path commands) throws IOException {
        this.folder = folder;
        this.commands = commands;
    }

    /** Ends with 0 when everything answered, and never later than the deadline. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("backout-warm-up");
        var work = new CompletableFuture<Integer>();
        Thread.startVirtualThread(() -> work.complete(warm(folder)));
        int code = work.completeOnTimeout(1, 2, TimeUnit.MINUTES).join();
        delete(folder);
        System.exit(code);
    }

    private static int warm(Path folder) {
        try {
            var commands = Path.of(System.getProperty("backout.home", ""), "commands");
            return new WarmUp(folder, commands).run();
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            LoggerFactory.getLogger(WarmUp.class).error("nothing is trained", e);
            return 1;
        }
    }

    private int run() throws IOException, GeneralSecurityException, InterruptedException {
        writeSite();
        var stop = new Stop(() -> Runtime.getRuntime().halt(1));
        var serving = CompletableFuture.supplyAsync(() -> serve(stop), Thread::startVirtualThread);
        String address = "http://127.0.0.1:";
        ask(new Request.Builder().url(address + privatePort + "/").build(), serving);
        for (String words : WORDS) {
            ask(typed(address + publicPort + "/slack/events", words), serving);
        }
        stop.ask();
        return serving.join();
    }

    private int serve(Stop stop) {
        String config = config().toString();
        var words = List.of("serve", "--config", config, "--commands", commands.toString());
        return new Main(Main.kinds(), Main.outside(stop)).run(words);
    }

    private Path config() {
        return folder.resolve("config");
    }

    private void writeSite() throws IOException {
        Files.createDirectory(config());
        Path secret = Files.writeString(folder.resolve("secret"), SIGNING_SECRET);
        write(
                "backout.yml",
                """
                store: {dir: %s}
                docker: {address: "tcp://127.0.0.1:%d"}
                listen: {public: "127.0.0.1:%d", private: "127.0.0.1:%d"}
                """
                        .formatted(folder.resolve("var"), privatePort, publicPort, privatePort));
        write(
                "chat.yml",
                """
                slack: {enabled: yes, bot-token: "file:%1$s", signing-secret: "file:%1$s", address: "http://127.0.0.1:%2$d/"}
                """
                        .formatted(secret, privatePort));
        write("people.yml", "people: {li: {level: L3, accounts: {slack: U1}}}\n");
        write("approvals.yml", "policies: {p: {votes: 0}}\n");
        write(
                "targets.yml",
                """
                targets:
                  compose/a: {policy: p, project: a, service: a, images: [a], url: "http://127.0.0.1:%d"}
                """
                        .formatted(privatePort));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(config().resolve(name), text);
    }

    private static Request typed(String url, String words) throws GeneralSecurityException {
        String typed =
                "command=%2Frollback&text="
                        + words
                        + "&user_id=U1&channel_id=C1&team_id=T1&trigger_id=1";
        long now = InstantSource.system().instant().getEpochSecond();
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SIGNING_SECRET.getBytes(UTF_8), "HmacSHA256"));
        byte[] signed = mac.doFinal(("v0:" + now + ":" + typed).getBytes(UTF_8));
        return new Request.Builder()
                .url(url)
                .header("X-Slack-Request-Timestamp", Long.toString(now))
                .header("X-Slack-Signature", "v0=" + HexFormat.of().formatHex(signed))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .post(RequestBody.create(typed.getBytes(UTF_8)))
                .build();
    }

    /** Again and again until it listens. */
    private static void ask(Request request, CompletableFuture<Integer> serving)
            throws IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            try (var answer = Http.client().newCall(request).execute()) {
                if (answer.code() >= 400) {
                    throw new IOException(request.url() + " answered " + answer.code());
                }
                return;
            } catch (SocketException e) {
                if (tried == TRIES || serving.isDone()) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
