package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.fixture.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What a serving bot logs, and how its level is changed while it serves. */
@Isolated("it replaces stderr and sets the level of the log")
class LogsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path home;

    private static String logged(Runnable work) {
        return logged(_ -> work.run());
    }

    private static String logged(Consumer<ByteArrayOutputStream> work) {
        var bytes = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(bytes, true, UTF_8));
        try {
            work.accept(bytes);
        } finally {
            System.setErr(before);
        }
        return bytes.toString(UTF_8);
    }

    private void rollback(String log) {
        try (var served = new ServedSite(home, 1).configure(log).serve()) {
            var seat =
                    served.seat().start("run", "sim relay because hunter2", "--as", "li", "--yes");
            String run = seat.runId();
            seat.until("approve " + run);
            assertThat(served.seat().run("run", "approve " + run, "--as", "anna")).isZero();
            assertThat(seat.exitCode()).isZero();
        }
    }

    @Test
    void as_json_each_line_is_one_event_with_run_target_step_and_person() {
        String text = logged(() -> rollback("log: {format: json}\n"));

        List<JsonNode> lines = text.lines().map(JSON::readTree).toList();

        assertThat(lines).allMatch(line -> line.has("formattedMessage") && line.has("level"));
        JsonNode step = line(lines, "step 1 sim.box forward is done").path("mdc");
        assertThat(step.path("target").asString()).isEqualTo("sim/relay");
        assertThat(step.path("step").asString()).isEqualTo("1 sim.box");
        assertThat(step.path("run").asString()).hasSize(5);
        JsonNode approved = line(lines, "approved").path("mdc");
        assertThat(approved.path("person").asString()).isEqualTo("anna");
        assertThat(approved.path("via").asString()).startsWith("host ");
        assertThat(line(lines, "finished: proven").path("level").asString()).isEqualTo("INFO");
        assertThat(lines.stream().filter(line -> says(line).equals("finished: proven"))).hasSize(1);
        assertThat(text).as("what was typed").doesNotContain("hunter2");
    }

    private static String says(JsonNode line) {
        return line.path("formattedMessage").asString();
    }

    private static JsonNode line(List<JsonNode> lines, String says) {
        return lines.stream()
                .filter(line -> says(line).equals(says))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                says
                                        + " is not among "
                                        + lines.stream().map(LogsTest::says).toList()));
    }

    @Test
    void as_text_the_fields_stand_at_the_end_of_the_line() {
        String text = logged(() -> rollback("log: {level: info}\n"));

        assertThat(text.lines())
                .anyMatch(line ->
                        line.matches(
                                "[0-9:.]+ INFO  \\S+ finished: proven"
                                        + " \\[run=\\w{5}, target=sim/relay\\]"));
        assertThat(text).doesNotContain("[]");
    }

    private static boolean isDebug() {
        return LoggerFactory.getLogger("backout").isDebugEnabled();
    }

    @Test
    void the_level_is_changed_for_a_while_and_falls_back_by_itself() {
        var _ =
                logged(() -> {
                    try (var served = new ServedSite(home, 0).serve()) {
                        assertThat(isDebug()).isFalse();
                        var seat = served.seat();
                        assertThat(seat.run("loglevel", "debug", "for", "30m")).isZero();
                        assertThat(seat.words()).contains("debug", "2026-03-01 02:44 +00:00");
                        Await.until("it is debug", LogsTest::isDebug);

                        served.clock.pass(Duration.ofMinutes(31));

                        Await.until("it fell back", () -> !isDebug());
                        assertThat(served.seat().run("loglevel", "debug")).isZero();
                        Await.until("it is debug again", LogsTest::isDebug);
                        assertThat(served.seat().run("loglevel", "default")).isZero();
                        Await.until("it was told to", () -> !isDebug());
                    }
                });
    }

    @Test
    void a_level_that_others_could_have_written_is_not_heeded() {
        var _ =
                logged(bytes -> {
                    try (var served = new ServedSite(home, 0).serve()) {
                        Path file = served.store.resolve("log-level");
                        Files.writeString(file, "debug 2099-01-01T00:00:00Z\n");
                        Files.setPosixFilePermissions(
                                file, PosixFilePermissions.fromString("rw-rw-rw-"));
                        Await.until(
                                "it is refused",
                                () -> bytes.toString(UTF_8).contains("it is not heeded"));
                        assertThat(isDebug()).isFalse();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Test
    void words_that_are_no_level_change_nothing() {
        var served = new ServedSite(home, 0);
        for (String[] words :
                new String[][] {
                    {"loglevel", "loud"},
                    {"loglevel", "debug", "for", "90d"},
                    {"loglevel", "debug", "10m"}
                }) {
            var seat = served.seat();
            assertThat(seat.run(words)).as(seat.text()).isEqualTo(2);
            assertThat(seat.words()).contains("bot/backout loglevel debug for 10m");
        }
        assertThat(served.store.resolve("log-level")).doesNotExist();
    }
}
