package backout.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.config.SiteLoader;
import backout.fixture.FakeDiscord;
import backout.fixture.Kinds;
import backout.report.Room;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code /rollback} as Discord offers it, from the shipped commands and from too many. */
class CommandSheetTest {
    private final FakeDiscord discord = new FakeDiscord(InstantSource.system());
    private final DiscordApi api =
            new DiscordApi(
                    discord.address(), FakeDiscord.TOKEN, Duration.ofSeconds(5), System::nanoTime);

    private final CommandSheet shipped = new CommandSheet(commands());

    private static List<CommandSpec> commands() {
        return new SiteLoader(Kinds.SHIPPED, List.of(DiscordChat.KEYS))
                .commands(Path.of("commands"));
    }

    @AfterEach
    void close() {
        api.close();
        assertThat(discord.complaints()).isEmpty();
        discord.close();
    }

    /** Those that stand alone and those of a group. */
    private Stream<JsonNode> all() {
        return shipped.json()
                .path(0)
                .path("options")
                .valueStream()
                .flatMap(one ->
                        one.path("type").asInt(0) == CommandSheet.GROUP
                                ? one.path("options").valueStream()
                                : Stream.of(one));
    }

    private JsonNode sub(String name) {
        return all().filter(one -> one.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode option(JsonNode sub, String name) {
        return sub.path("options")
                .valueStream()
                .filter(one -> one.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_command_is_a_sub_command_with_its_words_as_options() {
        JsonNode compose = sub("compose");
        assertThat(option(compose, "target").path("autocomplete").asBoolean(false)).isTrue();
        assertThat(option(compose, "drain").path("choices").findValues("value").toString())
                .contains("0s", "3s", "10s");
        assertThat(option(compose, "with-its-files").path("type").asInt(0)).isEqualTo(5);
        assertThat(option(compose, "reason").path("autocomplete").asBoolean(false)).isFalse();
        assertThat(option(sub("approve"), "run").path("required").asBoolean(false)).isTrue();
    }

    @Test
    void what_must_be_said_stands_before_what_may_be() {
        for (JsonNode sub : all().toList()) {
            var required =
                    sub.path("options")
                            .valueStream()
                            .map(option -> option.path("required").asBoolean(false))
                            .toList();
            assertThat(required.lastIndexOf(true))
                    .isLessThan(required.contains(false) ? required.indexOf(false) : 99);
        }
    }

    @Test
    void it_is_said_in_chinese_too() {
        assertThat(sub("compose").path("description_localizations").path("zh-CN").asString(""))
                .containsPattern("\\p{IsHan}");
    }

    /** Discord counts all names, descriptions and values of a command, each in its longest form. */
    @Test
    void the_shipped_ones_fit_into_one_command() {
        int all =
                List.of("name", "description", "value").stream()
                        .flatMap(key -> shipped.json().findValues(key).stream())
                        .mapToInt(text -> text.asString("").length())
                        .sum();
        assertThat(all).isLessThan(DiscordLimits.COMMAND * 3 / 4);
        assertThat(shipped.leftOut()).isEmpty();
    }

    private static CommandSpec command(int number) {
        return new CommandSpec(
                "c" + number,
                "d".repeat(150),
                Grammar.of("[TARGET]"),
                "status",
                "",
                0,
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void those_about_one_run_are_together_whatever_they_are_called() {
        var own =
                new CommandSpec(
                        "run",
                        "d",
                        Grammar.of("TARGET"),
                        "status",
                        "",
                        0,
                        List.of(),
                        List.of(),
                        List.of());
        var of =
                new CommandSpec(
                        "go",
                        "d",
                        Grammar.of("RUN"),
                        "resume",
                        "",
                        0,
                        List.of(),
                        List.of(),
                        List.of());
        var options = new CommandSheet(List.of(own, of)).json().path(0).path("options");
        assertThat(options.findValuesAsString("name")).contains("run", "runs", "go");
        assertThat(options.path(1).path("name").asString("")).isEqualTo("runs");
        assertThat(
                        shipped.json()
                                .path(0)
                                .path("options")
                                .valueStream()
                                .map(one -> one.path("name").asString("")))
                .contains("compose", "run")
                .doesNotContain("approve");
    }

    @Test
    void of_twenty_six_commands_twenty_four_are_offered_and_the_others_are_named() {
        var many =
                new CommandSheet(
                        IntStream.range(10, 36).mapToObj(CommandSheetTest::command).toList());
        assertThat(many.json().path(0).path("options").size()).isEqualTo(24);
        assertThat(many.leftOut()).containsExactly("c34", "c35");
        assertThat(many.json().path(0).path("options").path(0).path("description").asString(""))
                .hasSize(100);
    }

    @Test
    void what_discord_adds_of_its_own_is_no_difference() {
        ArrayNode theirs = shipped.json();
        ((ObjectNode) theirs.path(0)).put("id", "1").put("version", "2").putNull("nsfw");
        ((ObjectNode) theirs.at("/0/options/0")).put("required", false);
        assertThat(CommandSheet.isSame(shipped.json(), theirs)).isTrue();
        ((ObjectNode) theirs.at("/0/options/0")).put("description", "other");
        assertThat(CommandSheet.isSame(shipped.json(), theirs)).isFalse();
    }

    @Test
    void they_are_told_once_and_again_only_when_they_differ() throws Exception {
        new Registration(api, () -> shipped).ensure(FakeDiscord.APPLICATION);
        new Registration(api, () -> shipped).ensure(FakeDiscord.APPLICATION);
        assertThat(discord.calls("PUT ")).isEqualTo(1);
        new Registration(api, () -> new CommandSheet(List.of(command(1))))
                .ensure(FakeDiscord.APPLICATION);
        assertThat(discord.calls("PUT ")).isEqualTo(2);
    }

    @Test
    void a_command_that_is_added_while_the_bot_serves_is_told() throws Exception {
        var sheet = new AtomicReference<>(new CommandSheet(List.of(command(1))));
        var registration = new Registration(api, sheet::get);
        registration.ensure(FakeDiscord.APPLICATION);
        registration.ensure(FakeDiscord.APPLICATION);
        assertThat(discord.calls("PUT ")).isEqualTo(1);
        sheet.set(new CommandSheet(List.of(command(1), command(2))));
        registration.ensure(FakeDiscord.APPLICATION);
        registration.ensure(FakeDiscord.APPLICATION);
        assertThat(discord.calls("PUT ")).isEqualTo(2);
    }

    /** A2. */
    @Test
    void what_is_refused_in_other_languages_is_told_in_english_and_why_is_told() {
        discord.next("PUT /applications/", 400, 50035);
        var registration = new Registration(api, () -> shipped);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> registration.ensure(FakeDiscord.APPLICATION))
                    .isInstanceOf(Room.Refused.class)
                    .hasMessageContaining("in English alone");
        }
        assertThat(discord.calls("PUT ")).isEqualTo(2);
        assertThat(discord.commands().toString()).contains("compose").doesNotContain("zh-CN");
    }

    private List<String> examined(String key) {
        var exam =
                new DiscordExam(
                        api,
                        shipped,
                        Optional.of(key).filter(it -> !it.isEmpty()),
                        InstantSource.system());
        return exam.all().stream().map(one -> one.finding() + " " + one.what()).toList();
    }

    @Test
    void the_doctor_says_whether_what_people_do_reaches_the_bot() throws Exception {
        new Registration(api, () -> shipped).ensure(FakeDiscord.APPLICATION);
        assertThat(examined("")).allMatch(one -> one.startsWith("WELL")).hasSize(4);
        discord.calls("https://b.example.com/discord/interactions", "a1");
        assertThat(examined("").get(1)).startsWith("UNWELL Discord sends commands and presses to");
        assertThat(examined("a1").get(1)).startsWith("WELL Discord calls");
        assertThat(examined("b2").get(1)).startsWith("UNWELL discord/public-key");
        discord.calls("", "a1");
        assertThat(examined("a1").get(1)).startsWith("UNWELL Discord does not know where");
    }

    @Test
    void the_doctor_says_that_commands_differ_and_that_nobody_answered() {
        assertThat(examined("").get(2)).startsWith("UNWELL its commands are not those");
        discord.next("GET /applications/@me", 503, 0);
        assertThat(examined("")).containsExactly("UNKNOWN Discord answered HTTP 503");
        discord.next("GET /applications/@me", 401, 0);
        assertThat(examined("")).containsExactly("UNWELL Discord answered HTTP 401");
    }

    @Test
    void the_token_is_in_nothing_that_is_shown() {
        assertThat(api.toString()).doesNotContain("secret");
        var wrong =
                new DiscordApi(discord.address(), "x.y.z", Duration.ofSeconds(5), System::nanoTime);
        assertThatThrownBy(() -> wrong.get("c", "applications/@me"))
                .hasMessageContaining("copy the bot token")
                .message()
                .doesNotContain("x.y.z");
        wrong.close();
    }

    @Test
    void a_route_that_is_empty_is_left_alone_without_being_asked() throws Exception {
        discord.next(
                "GET /users/@me",
                200,
                0,
                "X-RateLimit-Remaining",
                "0",
                "X-RateLimit-Reset-After",
                "30.5");
        var _ = api.get("", "users/@me");
        assertThatThrownBy(() -> api.get("", "users/@me")).isInstanceOf(Room.Later.class);
        assertThat(discord.calls("GET /users/@me")).isEqualTo(1);
        assertThat(api.get("", "applications/@me").path("name").asString("")).isEqualTo("Backout");
    }

    @Test
    void no_more_calls_go_out_in_a_second_than_discord_takes_of_anybody() {
        long[] now = {0};
        var pace = new Pace(() -> now[0]);
        for (int i = 0; i < Pace.MOST_A_SECOND; i++) {
            assertThat(pace.before("r" + i).time()).isZero();
        }
        assertThat(pace.before("one more").time()).isEqualTo(Duration.ofSeconds(1));
        now[0] = Duration.ofSeconds(1).toNanos();
        assertThat(pace.before("one more").time()).isZero();
        pace.empty(Duration.ofSeconds(3));
        assertThat(pace.before("any").time()).isEqualTo(Duration.ofSeconds(3));
    }
}
