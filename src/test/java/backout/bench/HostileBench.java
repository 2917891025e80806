package backout.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.check.HostileBody;
import backout.command.Site;
import backout.docker.HostileLog;
import backout.docker.TakenPort;
import backout.executor.compose.HostileText;
import backout.executor.compose.file.HostileCompose;
import backout.fixture.DeskBot;
import backout.language.Phrase;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.serve.Listener;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Ten megabytes of what a service, compose or a stranger may send, made to hurt: each way of it is
 * done with in less than two seconds.
 */
final class HostileBench implements Benchmark {
    private static final int SIZE = 10_000_000;
    private static final double MOST_SECONDS = 2;
    private static final int LOG_LINES = 50;

    private static final int SERVICES = 8_000;
    private static final String EDIT = "the edit of a compose file of 8,000 services";

    /** It is read for each place that it could be edited at; compose reads it once in 2 s. */
    private static final double MOST_OF_EDIT = 6;

    private static final List<String> LINES =
            List.of(
                    "token",
                    "token ",
                    "token=\"",
                    "secret: 'x password=\"y ",
                    "bearer ",
                    "://a:",
                    "a",
                    " ",
                    "\\\"",
                    "level=warning msg=\"",
                    "WARN[0000] x",
                    "Container x",
                    "Container  ",
                    ":1",
                    "listen tcp ",
                    "\n",
                    "token\n",
                    "WARN[0000] The \"A\" variable is not set. Defaulting to a blank string.\n");

    private static final List<String> BODIES =
            List.of("[", "{\"a\":", "\"", "\\u0041", "1", "[1,", "\"version\" ", " ", "-", "😀");

    private final Figures figures = new Figures();

    @Override
    public List<Goal> run(int rounds, Leavings leavings) throws Exception {
        Listener listener = listener();
        leavings.add(listener);
        String compose = HostileCompose.of(SERVICES, 0);
        String wide = HostileCompose.of(SERVICES / 2, SERVICES * 10);
        for (int round = 0; round < rounds; round++) {
            time(EDIT, () -> HostileCompose.edited(compose, ""));
            time(EDIT, () -> HostileCompose.edited(wide, ""));
            for (String piece : LINES) {
                String text = piece.repeat(SIZE / piece.length());
                byte[] bytes = text.getBytes(UTF_8);
                time("log", () -> HostileText.log(HostileLog.lines(bytes, LOG_LINES)));
                time("compose output", () -> HostileText.compose(text));
                time("refusal of the engine", () -> TakenPort.in(Phrase.verbatim(text), ""));
                time("files", () -> HostileText.files(text, text + "x"));
            }
            for (String piece : BODIES) {
                String text = piece.repeat(SIZE / piece.length());
                time("health body", () -> HostileBody.isJson(text));
                time("health body of one text", () -> HostileBody.isJson('"' + text + '"'));
                time("request body", () -> send(listener.port(), text));
            }
        }
        Bench.print(figures, "s");
        return figures.names().stream()
                .map(name ->
                        name.equals(EDIT)
                                ? new Goal(name, figures.most(name), MOST_OF_EDIT)
                                : new Goal("10 MB of " + name, figures.most(name), MOST_SECONDS))
                .toList();
    }

    private void time(String name, Callable<?> work) throws Exception {
        long began = System.nanoTime();
        var _ = work.call();
        figures.add(name, (System.nanoTime() - began) / 1e9);
    }

    private static Listener listener() {
        var site = new Site(List.of(), Map.of(), Map.of(), Map.of());
        var bot =
                new DeskBot(
                        site,
                        new MemoryJournal(new MemoryLeases(Instant::now)),
                        Instant::now,
                        _ -> {
                            throw new IllegalStateException("nothing here is signed");
                        });
        var slack = bot.in(URI.create("http://127.0.0.1:9/api/"), "t", Contestant.SIGNING_SECRET);
        return Listener.toAnybody("127.0.0.1:0", slack.doors());
    }

    /** Of no length, under a signature of the right form; until it is hung up on. */
    private static int send(int port, String body) throws IOException {
        String head =
                """
                POST /slack/events HTTP/1.1\r
                Host: a\r
                X-Slack-Request-Timestamp: %d\r
                X-Slack-Signature: v0=%s\r
                Transfer-Encoding: chunked\r
                \r
                %x\r
                """
                        .formatted(
                                Instant.now().getEpochSecond(),
                                "0f".repeat(32),
                                body.getBytes(UTF_8).length);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write((head + body).getBytes(UTF_8));
            return socket.getInputStream().read();
        } catch (IOException hungUp) {
            return -1;
        }
    }
}
