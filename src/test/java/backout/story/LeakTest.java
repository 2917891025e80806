package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Await;
import backout.fixture.ComposeSite;
import backout.fixture.Engine;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.operations.Asked;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Secrets stand wherever a site has some, and its service prints them; Backout, as talkative as it
 * can be, shows and keeps none of them.
 */
@Order(2)
class LeakTest {
    private static final String DOCKER = "unix:///var/run/docker.sock";

    /** What is planted, by where; each value stands nowhere else. */
    private final Map<String, String> planted = new LinkedHashMap<>();

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private String plant(String where) {
        return planted.computeIfAbsent(where, _ -> "Pl4nted" + UUID.randomUUID());
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void no_secret_is_shown_or_kept() throws Exception {
        try (var relay = new Relay(site(), DOCKER)) {
            planted.put("api key", relay.site.apiKey());
            relay.target(
                    """
                      token: env:LEAK_TOKEN
                    redis:
                      address: 127.0.0.1:%d
                      service: redis
                      password: env:LEAK_REDIS
                    """
                            .formatted(relay.site.redisPort()));
            relay.provenGood(Release.GOOD);
            relay.site.upgradeTo(RelayImages.shared().of(Release.HEALTH_500));
            int port = Await.freePort();
            relay.listen(Await.freePort(), port);
            Path file = relay.home.resolve("config/backout.yml");
            Files.writeString(file, Files.readString(file) + "log: {format: json}\n");
            try (var bot = Killed.nowhere(relay);
                    var arguments = new ArgumentSampler()) {
                Process serving = bot.start(List.of("serve"), talkative());
                say(bot, 0, "check");
                say(bot, 1, "check", "--live");
                say(bot, 0, "plan", "compose claude-relay", "--shell");
                say(bot, 0, "run", "compose claude-relay because 5xx", "--as", "anna", "--yes");
                relay.provenGood(Release.CRASH_LOOP);
                say(
                        bot,
                        1,
                        "run",
                        "compose claude-relay to " + Release.CRASH_LOOP.version(),
                        "--as",
                        "anna",
                        "--yes");
                say(bot, 0, "status");
                say(bot, 0, "history", "claude-relay");
                say(bot, 0, "audit", "verify");
                say(bot, 0, "audit", "export");

                for (String path : List.of("/healthz", "/readyz", "/metrics")) {
                    String told = Asked.get(port, path).text();
                    assertNone(path, told.getBytes(StandardCharsets.UTF_8));
                }
                serving.destroy();
                assertThat(serving.waitFor(120, TimeUnit.SECONDS)).isTrue();
                assertThat(bot.text())
                        .contains("token ***", "done and proven")
                        .contains("\"level\":\"DEBUG\"", "\"formattedMessage\":");
                assertNone("said", bot.text().getBytes(StandardCharsets.UTF_8));
                assertKept(relay.home.resolve("var"));
                assertThat(arguments.seen()).hasSizeGreaterThan(20);
                assertNone(
                        "arguments",
                        String.join("\n", arguments.seen()).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void say(Killed bot, int wanted, String... words) throws Exception {
        var process = bot.start(List.of(words), talkative());
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(List.of(words) + "\n" + bot.text()).isEqualTo(wanted);
    }

    private Map<String, String> talkative() {
        return Map.of(
                "BACKOUT_LOG", "DEBUG", "LEAK_TOKEN", plant("token"), "LEAK_REDIS", plant("redis"));
    }

    /** A site whose service tells its secrets to everybody who reads its log. */
    private ComposeSite site() throws IOException {
        var images = RelayImages.shared();
        var site = new ComposeSite(Engine.ofThisMachine(), images.of(Release.GOOD), images.redis());
        String text = Files.readString(site.composeFile());
        Files.writeString(
                site.composeFile(),
                text.replace(
                                "      - REDIS_HOST=redis\n",
                                """
                                      - REDIS_HOST=redis
                                      - REDIS_PASSWORD=%s
                                      - RELAY_TOKEN=%s
                                      - MAIL_CREDENTIAL=%s
                                      - HOOK=https://bot:%s@example.org/hook
                                    command:
                                      - sh
                                      - -c
                                      - >-
                                        echo "token $$RELAY_TOKEN"; echo "mail as $$MAIL_CREDENTIAL";
                                        echo "hook $$HOOK"; echo "jwt $$JWT_SECRET key $$API_KEY";
                                        echo "connects to redis://:$$REDIS_PASSWORD@redis:6379";
                                        echo "Authorization: Bearer $$ODD"; echo "db_password=$$ODD";
                                        echo "{\\"client_secret\\": \\"$$ODD\\"}";
                                        exec /app/start
                                """
                                        .formatted(
                                                plant("redis"),
                                                plant("token"),
                                                plant("mail"),
                                                plant("hook")))
                        .replace("    depends_on:\n", "    env_file: odd.env\n    depends_on:\n")
                        .replace(
                                "command: redis-server --save 60 1 --appendonly yes",
                                "command: redis-server /data/redis.conf"));
        Files.writeString(site.folder().resolve("odd.env"), "ODD=" + plant("odd") + "\n");
        Files.writeString(
                site.folder().resolve("redis_data/redis.conf"),
                "save 60 1\nrequirepass " + plant("redis") + "\n");
        planted.put(
                "jwt",
                Files.readString(site.envFile()).replaceFirst("(?s).*JWT_SECRET=(\\S+).*", "$1"));
        site.up();
        site.awaitHealthy();
        return site;
    }

    private void assertKept(Path folder) throws IOException {
        assertNoFile(folder);
        try (var files = Files.walk(folder)) {
            var sealed = files.filter(file -> file.toString().endsWith(".age")).toList();
            assertThat(sealed).as("a backup was made").isNotEmpty();
            for (Path file : sealed) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .startsWith("age-encryption.org/v1\n");
            }
        }
    }

    /** Nothing in any file or any file's name. */
    private void assertNoFile(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertNone("the name " + file, file.toString().getBytes(StandardCharsets.UTF_8));
                assertNone(file.toString(), Files.readAllBytes(file));
            }
        }
    }

    private void assertNone(String where, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        planted.forEach((what, secret) -> {
            if (text.contains(secret)) {
                int at = text.indexOf(secret);
                throw new AssertionError(
                        "%s: the planted \"%s\" leaked: …%s…"
                                .formatted(
                                        where,
                                        what,
                                        text.substring(
                                                Math.max(0, at - 200),
                                                Math.min(text.length(), at + 80))));
            }
        });
    }

    @Test
    void an_address_with_a_password_in_it_never_gets_into_a_plan() throws Exception {
        try (var relay = new Relay(Release.GOOD_2)) {
            relay.target(
                    "redis: {address: 'redis://:%s@127.0.0.1:6379'}\n".formatted(plant("literal")));
            relay.provenGood(Release.GOOD);
            for (String word : List.of("plan", "run")) {
                Seat seat = relay.seat();
                int code =
                        word.equals("plan")
                                ? seat.run("plan", "compose")
                                : seat.run("run", "compose", "--as", "anna", "--yes");
                assertThat(code).as(seat.text()).isEqualTo(2);
                assertThat(seat.words())
                        .containsPattern("targets\\.yml:\\d+ .*redis/address: should be HOST:PORT");
                assertNone("said", seat.text().getBytes(StandardCharsets.UTF_8));
            }
            assertNoFile(relay.home.resolve("var"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis: {password: %s}",
                "redis.password: %s",
                "redis: {pasword: %s}",
                "redis: {password: [%s]}",
                "redis: {password: {value: %s}}",
                "url: http://relay:%s@127.0.0.1:3000",
                "redis: %s",
                "  token: %s",
                "  token: [%s]",
                "  Token: %s",
                "secrets: %s"
            })
    void a_secret_that_was_written_in_the_wrong_place_is_not_repeated(String line)
            throws IOException {
        var images = RelayImages.shared();
        var site = new ComposeSite(Engine.ofThisMachine(), images.of(Release.GOOD), images.redis());
        try (var relay = new Relay(site, DOCKER)) {
            relay.target(line.formatted(plant("literal")) + "\n");
            if (line.startsWith("url")) {
                Path file = relay.home.resolve("config/targets.yml");
                Files.writeString(
                        file, Files.readString(file).replaceFirst("(?m)^    url: .*$\n", ""));
            }
            Seat seat = relay.seat();
            assertThat(seat.run("check")).as(seat.text()).isEqualTo(2);
            assertNone("said", seat.text().getBytes(StandardCharsets.UTF_8));
        }
    }
}
