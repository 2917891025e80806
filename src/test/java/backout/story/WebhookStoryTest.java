package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.fixture.Needs;
import backout.http.Signed;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.HandClock;
import backout.run.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** A pipeline asks for a rollback and tells of deploys. */
@SuppressWarnings("NullAway.Init")
class WebhookStoryTest {
    private static final String SECRET = "between us";
    private static final TargetName RELAY = TargetName.of("sim/relay");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir Path home;
    private final HandClock clock = new HandClock();
    private FakeSlack slack;
    private SlackBot bot;

    @BeforeEach
    void open() {
        slack = new FakeSlack(clock);
        bot = SlackBot.on(slack, home, 1, clock);
        bot.site.write("ci-secret", SECRET);
        people("L1");
        bot.adopt("mark");
        bot.adopt("freeze");
        bot.serve();
    }

    @AfterEach
    void close() {
        bot.close();
        slack.close();
    }

    private void people(String level) {
        bot.site.write(
                "config/people.yml",
                """
                people:
                  li: {level: L1, accounts: {slack: %s}}
                  anna: {level: L2, accounts: {slack: %s}}
                  ben: {level: L2, accounts: {slack: %s}}
                  ci: {level: %s, webhook: "file:%s"}
                """
                        .formatted(
                                bot.account("li"),
                                bot.account("anna"),
                                bot.account("ben"),
                                level,
                                home.resolve("ci-secret")));
    }

    private HttpResponse<String> sends(String body) {
        return sends("ci", body, clock.instant(), SECRET);
    }

    private HttpResponse<String> sends(String name, String body, Instant at, String secret) {
        String stamp = Long.toString(at.getEpochSecond());
        return sends(name, body, stamp, "v1=" + hex(stamp + "." + body, secret));
    }

    private static String hex(String text, String secret) {
        return HexFormat.of().formatHex(Signed.text(text, secret));
    }

    private HttpResponse<String> sends(String name, String body, String stamp, String signature) {
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + bot.port + "/webhook/" + name))
                        .header("Backout-Timestamp", stamp)
                        .header("Backout-Signature", signature)
                        // whoever is refused by its length alone would be cut while still sending
                        .expectContinue(body.length() > 64 << 10)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body());
    }

    private static String rollback(String id, String reason) {
        return """
        {"id": "%s", "do": "rollback", "target": "sim/relay", "reason": "%s"}\
        """
                .formatted(id, reason);
    }

    private static String deployed(String id, String release) {
        return """
        {"id": "%s", "do": "deployed", "target": "sim/relay", "release": "%s"}\
        """
                .formatted(id, release);
    }

    @Test
    void what_it_asks_for_waits_for_a_person_and_then_for_another() {
        var answer = sends(rollback("b1", "smoke test"));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("run").asString("")).isEqualTo(bot.runId().text());
        bot.until("there is a plan", () -> bot.run().planned().isPresent());
        assertThat(bot.run().requester()).isEqualTo("ci");
        assertThat(bot.run().isConfirmed()).isFalse();
        bot.until(
                "a card",
                () ->
                        bot.news.messages().stream()
                                .anyMatch(it -> it.text().contains("ci asks for it: smoke test")));
        bot.types("li", "confirm " + bot.runId());
        bot.until("it is li's", () -> bot.run().isConfirmed());
        assertThat(bot.run().requester()).isEqualTo("li");
        bot.types("li", "approve " + bot.runId());
        assertThat(bot.run().votes()).isEmpty();
        bot.types("anna", "approve " + bot.runId());
        bot.until("the end", () -> bot.run().outcome().isPresent());
        assertThat(bot.run().outcome().orElseThrow().result()).isEqualTo(Outcome.Result.PROVEN);
    }

    @Test
    void sent_again_it_is_answered_the_same_and_asks_once_also_after_a_restart_and_a_freeze() {
        String body = rollback("b1", "smoke test");
        String first = sends(body).body();
        assertThat(sends(body).body()).isEqualTo(first);
        bot.restart();
        clock.pass(Duration.ofMinutes(1));
        bot.until("a plan", () -> bot.run().planned().isPresent());
        assertThat(bot.types("ben", "freeze sim/relay because release day").body())
                .contains("is frozen by ben");
        assertThat(sends(body).body()).isEqualTo(first);
        assertThat(bot.journal().recent(9)).hasSize(1);
        var other = sends(rollback("b1", "another"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("this id was given to run");
    }

    @Test
    void a_told_deploy_is_in_the_ledger_once_and_a_bad_release_is_warned_about() {
        assertThat(sends(deployed("d1", "9.9")).body()).contains("noted").doesNotContain("warning");
        bot.until(
                "it was looked at",
                () ->
                        bot.journal().read(RELAY).stream()
                                .anyMatch(TargetEvent.Seen.class::isInstance));
        String running =
                bot.journal().read(RELAY).stream()
                        .filter(TargetEvent.Seen.class::isInstance)
                        .map(event -> ((TargetEvent.Seen) event).tag())
                        .findFirst()
                        .orElseThrow();
        bot.types("anna", "mark bad " + running + " because it leaks");
        String body = deployed("d2", running);
        var answer = sends(body);
        assertThat(json(answer).path("warning").asString("")).contains("marked bad", "it leaks");
        assertThat(sends(body).body()).isEqualTo(answer.body());
        assertThat(bot.journal().read(RELAY))
                .filteredOn(TargetEvent.Deployed.class::isInstance)
                .extracting(event -> ((TargetEvent.Deployed) event).release())
                .containsExactly("9.9", running);
        bot.until(
                "people are warned",
                () ->
                        bot.news.messages().stream()
                                .anyMatch(it -> it.text().contains("ci deploys")));
    }

    @Test
    void what_is_not_signed_by_it_now_is_refused_and_does_nothing() {
        String body = rollback("b1", "smoke test");
        Instant now = clock.instant();
        assertThat(sends("ci", body, now, "guessed").statusCode()).isEqualTo(401);
        assertThat(sends("li", body, now, SECRET).statusCode()).isEqualTo(401);
        assertThat(sends("nobody", body, now, SECRET).statusCode()).isEqualTo(401);
        assertThat(sends("ci", body, now.minusSeconds(301), SECRET).statusCode()).isEqualTo(401);
        assertThat(sends("ci", body, now.plusSeconds(301), SECRET).statusCode()).isEqualTo(401);
        assertThat(sends("ci", body, "now", "v1=" + "0".repeat(64)).statusCode()).isEqualTo(401);
        assertThat(sends("ci", body, "1", "v1=zz").statusCode()).isEqualTo(401);
        assertThat(sends(rollback("b1", "x".repeat(70_000))).statusCode()).isEqualTo(413);
        assertThat(bot.journal().recent(9)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "{\"id\": \"b1\", \"do\": \"approve\", \"target\": \"sim/relay\"}",
                "{\"id\": \"b1\", \"do\": \"rollback\", \"target\": \"sim/relay\"}",
                "{\"do\": \"rollback\", \"target\": \"sim/relay\", \"reason\": \"x\"}",
                "{\"id\": \"b1\", \"do\": \"rollback\", \"target\": \"a b\", \"reason\": \"x\"}",
                "{\"id\": \"b1\", \"do\": \"deployed\", \"target\": \"sim/relay\", \"release\": 7}"
            })
    void what_cannot_be_understood_is_told_so(String body) {
        assertThat(sends(body).statusCode()).isEqualTo(400);
    }

    @Test
    void a_level_that_may_not_ask_is_refused() {
        people("L0");
        bot.restart();
        var answer = sends(rollback("b1", "smoke test"));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("is for L1 and above, ci is L0");
    }

    @Test
    void the_example_of_the_readme_works() throws IOException, InterruptedException {
        Needs.program("openssl");
        Needs.program("curl");
        for (String readme : List.of("config/README.md", "config/README.zh-CN.md")) {
            String text = Files.readString(Path.of(readme));
            int begin = text.indexOf("```bash\nbody=") + 8;
            String example =
                    text.substring(begin, text.indexOf("```", begin))
                            .replace("compose/claude-relay", "sim/relay")
                            .replace("$(date +%s)", "" + clock.instant().getEpochSecond())
                            .replace("https://backout.example.com", "http://127.0.0.1:" + bot.port);
            var builder = new ProcessBuilder("bash", "-c", example).redirectErrorStream(true);
            builder.environment().put("CI_SECRET", SECRET);
            var process = builder.start();
            String says = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(says).isZero();
            assertThat(says).contains(bot.runId().text());
        }
    }
}
