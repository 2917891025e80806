package backout.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import backout.executor.compose.ComposeKeys;
import backout.plan.Setting;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The shipped config/ is a working example, and what is wrong with whole files is told. */
final class ConfigFolderTest {
    @TempDir Path folder;

    private static SiteLoader.Loaded shipped() {
        return TestSite.loader().load(TestSite.COMMANDS, TestSite.CONFIG);
    }

    @Test
    void the_shipped_folders_load_as_they_are() {
        SiteLoader.Loaded loaded = shipped();
        assertThat(loaded.bot())
                .isEqualTo(
                        new BotConfig(
                                "en",
                                Path.of("var/"),
                                "unix:///var/run/docker.sock",
                                "0.0.0.0:8080",
                                "127.0.0.1:8181",
                                Optional.empty(),
                                new BotConfig.Log("text", "info"),
                                new BotConfig.Retention(Duration.ofDays(30), Duration.ofDays(7))));
        assertThat(loaded.site().people().keySet()).containsExactly("li", "anna", "ben", "dora");
        assertThat(loaded.site().person("li").accounts())
                .isEqualTo(Map.of("slack", "U01LIXXXXX", "discord", "100000000000000001"));
        assertThat(loaded.site().policies().keySet())
                .containsExactly("production", "staging", "urgent");
    }

    @Test
    void the_shipped_target_is_read_key_by_key() {
        Target relay = shipped().site().target(TargetName.of("compose/claude-relay")).orElseThrow();
        assertThat(relay.host()).isEqualTo("local");
        assertThat(relay.policy()).isEqualTo("production");
        assertThat(relay.goodAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(relay.checks()).as("its own three, and those of its lists").hasSize(7);
        assertThat(relay.lists().stream().flatMap(list -> list.byHand().stream())).hasSize(8);
        var settings = relay.settings();
        assertThat(settings.url("url")).contains(URI.create("http://localhost:3000"));
        assertThat(settings.texts("images")).hasSize(2);
        assertThat(settings.text("drain")).isEqualTo("3s");
        assertThat(settings.texts("backup.paths")).containsExactly("data", "logs");
        assertThat(settings.number("backup.keep")).isEqualTo(5);
        assertThat(settings.text("redis.password")).isEqualTo("env:RELAY_REDIS_PASSWORD");
        assertThat(settings.secrets("secrets")).isEqualTo(Map.of("api-key", "env:RELAY_API_KEY"));
        assertThat(settings.duration("pull-within")).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void every_key_of_every_file_stands_in_the_shipped_files() throws IOException {
        assertThat(Files.readString(TestSite.CONFIG.resolve("targets.yml")))
                .contains(lastParts(Keys.target(ComposeKeys.LIST)));
        assertThat(Files.readString(TestSite.CONFIG.resolve("people.yml")))
                .contains(lastParts(Keys.person(TestSite.CHATS)));
        assertThat(Files.readString(TestSite.CONFIG.resolve("approvals.yml")))
                .contains(lastParts(ApprovalKeys.POLICY));
        assertThat(Files.readString(TestSite.CONFIG.resolve("backout.yml")))
                .contains(lastParts(Keys.BACKOUT));
        String notices = Files.readString(TestSite.CONFIG.resolve("notices.yml"));
        TestSite.RECEIVERS.forEach(kind ->
                assertThat(notices)
                        .contains(lastParts(kind.settings()))
                        .contains(lastParts(Keys.RECEIVER)));
    }

    private static List<String> lastParts(List<Setting> keys) {
        return keys.stream()
                .map(Setting::key)
                .map(key -> " " + key.substring(key.lastIndexOf('.') + 1) + ":")
                .map(key -> key.equals(" language:") ? "language:" : key)
                .toList();
    }

    @Test
    void the_defaults_are_what_a_minimal_target_gets() throws IOException {
        SiteLoader.Loaded loaded =
                TestSite.in(folder)
                        .with("config/backout.yml", "language: zh\n")
                        .with(
                                "config/targets.yml",
                                """
                                targets:
                                  compose/a:
                                    policy: staging
                                    project: a
                                    service: a
                                    url: http://a/
                                    images: [a]
                                """)
                        .load();
        Target target = loaded.site().target(TargetName.of("compose/a")).orElseThrow();
        assertThat(target.host()).isEqualTo("local");
        assertThat(target.soak()).isEqualTo(Duration.ofMinutes(10));
        assertThat(target.settings().text("swap")).isEqualTo("auto");
        assertThat(target.settings().url("url")).contains(URI.create("http://a"));
        assertThat(loaded.bot().store()).isEqualTo(Path.of("var/"));
    }

    @Test
    void problems_of_all_files_are_told_at_once_by_file_and_line() throws IOException {
        var problems =
                TestSite.in(folder)
                        .change("config/people.yml", "level: L3", "level: L9")
                        .change("config/people.yml", "    level: L2", "    levl: L2")
                        .change("config/approvals.yml", "votes: 1", "votes: two")
                        .change("commands/help.yml", "does: help", "does: halp")
                        .change("config/targets.yml", "drain: 3s", "drain: 4s")
                        .problems();
        assertThat(problems.stream().map(line -> line.split(" ")[0]))
                .containsExactly(
                        "commands/help.yml:6",
                        "config/approvals.yml:7",
                        "config/people.yml:13",
                        "config/people.yml:14",
                        "config/people.yml:20",
                        "config/targets.yml:38");
    }

    @Test
    void a_file_that_is_no_text_is_told() throws IOException {
        var site =
                TestSite.in(folder)
                        .without("config/people.yml")
                        .with(
                                "config/approvals.yml",
                                "policies: {}\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1))
                        .with("config/targets.yml", "#".repeat(TextFile.MAX_BYTES + 1))
                        .without("config/backout.yml");
        Files.createDirectory(site.file("config/backout.yml"));
        assertThat(site.problems())
                .containsExactly(
                        "config/approvals.yml:2: is not UTF-8. Save it as UTF-8",
                        "config/backout.yml: is a folder, not a file. Put a YAML file in its place",
                        "config/people.yml: there is no such file. Copy it from the shipped folder",
                        "config/targets.yml: has more than 1 MB. Check that it is the right file");
    }

    @Test
    void an_empty_file_a_list_and_a_site_without_people_are_told() throws IOException {
        var site =
                TestSite.in(folder)
                        .with("config/backout.yml", "# nothing\n")
                        .with("config/approvals.yml", "- production\n")
                        .with("config/people.yml", "people: {}\n");
        assertThat(site.problems())
                .contains(
                        "config/backout.yml: is empty. Copy it from the shipped folder",
                        "config/approvals.yml:1: should be a section of keys, is a list. Write key:"
                                + " value",
                        "config/people.yml: names nobody. Add yourself below people:");
    }

    @Test
    void byte_order_mark_and_windows_line_ends_do_no_harm() throws IOException {
        String people = Files.readString(TestSite.CONFIG.resolve("people.yml"));
        var site =
                TestSite.in(folder)
                        .with("config/people.yml", "\uFEFF" + people.replace("\n", "\r\n"));
        assertThat(site.problems()).isEmpty();
        assertThat(site.change("config/people.yml", "level: L3", "level: L9").problems())
                .singleElement()
                .asString()
                .startsWith("config/people.yml:20 ");
    }

    @Test
    void a_file_that_nobody_reads_is_told() throws IOException {
        assertThat(TestSite.in(folder).with("config/target.yml", "").problems())
                .containsExactly(
                        "config/target.yml: nothing reads this file. Did you mean \"targets.yml\"?"
                            + " Files here are: backout.yml, targets.yml, hosts.yml, groups.yml,"
                            + " checklists.yml, people.yml, approvals.yml, chat.yml, notices.yml");
    }

    @Test
    void folders_that_are_not_there_are_told() {
        assertThatThrownBy(
                        () -> TestSite.loader().load(Path.of("no-commands"), Path.of("no-config")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problems().stream().map(Object::toString))
                                        .containsExactly(
                                                "no-commands: is no folder that can be read. Name"
                                                        + " it with --commands DIR, or copy the"
                                                        + " shipped one",
                                                "no-config: there is no such folder. Write a first"
                                                        + " configuration with bot/backout init"
                                                        + " no-config, or name yours with --config"
                                                        + " DIR"));
    }

    private static String problem(Path config) {
        var refused =
                catchThrowableOfType(
                        ProblemException.class,
                        () -> TestSite.loader().load(TestSite.COMMANDS, config));
        assertThat(refused.problems()).hasSize(1);
        return refused.problem().toString();
    }

    @Test
    void a_folder_that_is_none_of_a_configuration_is_told_once() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("my config"));
        assertThat(problem(empty))
                .isEqualTo(
                        empty
                                + ": is an empty folder. Write a first configuration with"
                                + " bot/backout init '"
                                + empty
                                + "', or name yours with --config DIR");
        Path file = Files.createFile(empty.resolve("notes.txt"));
        assertThat(problem(empty))
                .startsWith(empty + ": holds none of the files of a configuration: backout.yml,")
                .endsWith("write a first configuration into a new one with bot/backout init DIR");
        assertThat(problem(file)).startsWith(file + ": is a file, not a folder.");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("gone"));
        assertThat(problem(link)).startsWith(link + ": there is no such folder.");
    }

    @Test
    void aliases_that_would_blow_up_are_refused_at_once() throws IOException {
        String bomb =
                "a: &a [x, x, x, x, x, x, x, x, x]\n"
                        + List.of("b", "c", "d", "e", "f", "g", "h", "i").stream()
                                .map(name -> {
                                    char before = (char) (name.charAt(0) - 1);
                                    return name
                                            + ": &"
                                            + name
                                            + " ["
                                            + ("*" + before + ", ").repeat(9)
                                            + "]\n";
                                })
                                .collect(Collectors.joining());
        assertThat(TestSite.in(folder).with("config/people.yml", bomb).problems())
                .contains("config/people.yml:2 b/1: is an alias, *a. Write the value out")
                .allMatch(line -> line.length() < 200);
    }

    @Test
    void a_secret_written_into_the_file_is_never_repeated() throws IOException {
        for (Function<String, String> place :
                List.<Function<String, String>>of(
                        secret -> "password: " + secret,
                        secret -> "password: \"" + secret,
                        secret -> "password: " + secret + ": x",
                        secret -> "password: {" + secret + ": x}",
                        secret -> "pasword: " + secret,
                        secret -> "password: env:" + secret + "!")) {
            String text = Files.readString(TestSite.CONFIG.resolve("targets.yml"));
            var site = TestSite.in(Files.createTempDirectory(folder, "secret"));
            site.with(
                    "config/targets.yml",
                    text.replace("password: env:RELAY_REDIS_PASSWORD", place.apply("hunter2")));
            assertThat(site.problems()).isNotEmpty().noneMatch(line -> line.contains("hunter2"));
        }
    }
}
