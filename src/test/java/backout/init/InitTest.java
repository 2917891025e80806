package backout.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.supervisor.Deployments.Deployment;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Whatever runs and whatever is answered: a configuration that loads, or nothing. */
final class InitTest {
    private static final String FILE = "/etc/hostname";
    private static final Secrets SECRETS = new Secrets(_ -> "");

    /** A machine that is never reached, for no key of it is known. */
    private static final String MACHINES = "hosts: {db1: {address: 192.0.2.1, user: bot}}\n";

    @TempDir Path folder;
    private CannedEngine engine;
    private final Scripted dialog = new Scripted();
    private final ShippedRules rules = new ShippedRules();
    private List<Deployment> sources = List.of();
    private Optional<String> project = Optional.empty();
    private Optional<String> host = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        engine = new CannedEngine();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private Path config() {
        return folder.resolve("config");
    }

    private List<String> write() {
        return write(engine.address());
    }

    private List<String> write(String address) {
        var environment = Map.of("DOCKER_HOST", address, "USER", "Ann A.", "LANG", "zh_CN.UTF-8");
        return new Init(
                        config(),
                        new Init.Scope(project, host),
                        environment,
                        SECRETS,
                        dialog,
                        rules.rules(),
                        _ -> sources)
                .write();
    }

    private String text(String file) throws IOException {
        return Files.readString(config().resolve(file));
    }

    private void nothingIsThere() {
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void all_files_are_written_with_the_first_guesses() throws IOException {
        engine.with("shop", "web", "registry:5000/shop/web:1.2@sha256:" + "a".repeat(64), FILE);
        assertThat(write()).containsExactly("web");
        rules.rules().load(config());
        assertThat(config().toFile().list())
                .containsExactlyInAnyOrder(
                        "targets.yml",
                        "people.yml",
                        "approvals.yml",
                        "backout.yml",
                        "chat.yml",
                        "schema");
        assertThat(text("targets.yml"))
                .contains("      - registry:5000/shop/web\n", "project: shop\n")
                .doesNotContain("url:");
        assertThat(text("people.yml")).contains("  ann-a:\n    level: L3\n");
        assertThat(text("approvals.yml")).contains("votes: 0\n");
        assertThat(text("backout.yml"))
                .contains("language: zh\n", "dir: " + folder.resolve("var"), engine.address());
        assertThat(dialog.shown()).hasSize(5);
        assertThat(dialog.told).anyMatch(line -> line.startsWith("Warning: you are alone"));
    }

    @Test
    void with_several_people_a_rollback_needs_the_vote_of_another_one() throws IOException {
        engine.with("shop", "web", "web", FILE);
        dialog.answers("Who else", "ben").answers("Level of ben", "L2");
        assertThat(write()).isNotEmpty();
        assertThat(text("approvals.yml")).contains("votes: 1\n", "from: L2\n");
    }

    @Test
    void people_who_could_never_be_approved_make_no_policy_that_asks_for_it() throws IOException {
        engine.with("shop", "web", "web", FILE);
        dialog.answers("Who else", "ben").answers("Level of ben", "0");
        assertThat(write()).isNotEmpty();
        assertThat(text("approvals.yml")).contains("votes: 0\n");
        assertThat(dialog.told).anyMatch(line -> line.startsWith("Warning: not everybody"));
    }

    @Test
    void somebody_must_be_able_to_say_every_command() throws IOException {
        engine.with("shop", "web", "web", FILE);
        dialog.answers("Level of ann-a", "0").answers("Level of ann-a", "9");
        assertThat(write()).isNotEmpty();
        assertThat(text("people.yml")).contains("level: L2");
        assertThat(dialog.told).anyMatch(line -> line.startsWith("Somebody must be at least 2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis:7",
                "bitnami/postgresql",
                "r:5000/x/mongo@sha256:",
                "mcr.microsoft.com/mssql/server:1"
            })
    void what_keeps_data_is_not_offered(String image) {
        engine.with("shop", "db", image.replaceFirst("sha256:$", "sha256:" + "b".repeat(64)), FILE);
        assertThatThrownBy(this::write)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no service was chosen");
        assertThat(dialog.told).anyMatch(line -> line.contains("keeps data"));
        nothingIsThere();
    }

    @Test
    void a_project_whose_files_are_gone_is_told_and_not_offered() {
        engine.with("shop", "web", "web:1", "/no/such/compose.yml");
        assertThatThrownBy(this::write).hasMessageContaining("no service was chosen");
        assertThat(dialog.told)
                .anyMatch(line -> line.contains("compose file is gone (/no/such/compose.yml)"));
        nothingIsThere();
    }

    @Test
    void a_service_of_several_containers_is_told_and_not_offered() {
        engine.with("shop", "web", "web:1", FILE).with("shop", "web", "web:1", FILE);
        assertThatThrownBy(this::write).hasMessageContaining("no service was chosen");
        assertThat(dialog.told).anyMatch(line -> line.contains("has 2 containers"));
    }

    @Test
    void a_container_that_nobody_owns_becomes_a_target_of_its_own_kind() throws IOException {
        engine.with("shop", "web", "web:1", FILE)
                .alone("relay", "registry:5000/relay:1", false, "team=shop")
                .alone("redis", "redis:7", false)
                .alone("once", "once:1", true)
                .alone("relay-backout-old-7", "registry:5000/relay:0", false)
                .alone("web.1.x", "web:1", false, "com.docker.swarm.service.name=web");

        assertThat(write()).containsExactly("web", "relay");

        rules.rules().load(config());
        assertThat(text("targets.yml"))
                .contains("  compose/web:\n", "    project: shop\n")
                .contains("  container/relay:\n", "    container: relay\n")
                .contains("      - registry:5000/relay\n")
                .doesNotContain("redis", "once", "backout-old", "web.1.x");
        assertThat(dialog.told).anyMatch(line -> line.contains("was started with --rm"));
    }

    @Test
    void without_projects_or_without_an_engine_nothing_is_written() {
        assertThatThrownBy(this::write)
                .hasMessageContaining("neither a compose project nor docker run has a container");
        nothingIsThere();
        assertThatThrownBy(() -> write("unix:///no/such.sock"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("docker answered nothing");
        nothingIsThere();
    }

    @Test
    void who_says_no_at_the_end_leaves_nothing() {
        engine.with("shop", "web", "web", FILE);
        dialog.answers("Write these files", "n");
        assertThat(write()).isEmpty();
        nothingIsThere();
    }

    @Test
    void a_configuration_that_is_there_is_never_touched() throws IOException {
        engine.with("shop", "web", "web", FILE);
        Files.createDirectory(config());
        Files.writeString(config().resolve("people.yml"), "mine");
        assertThatThrownBy(this::write).hasMessageContaining("never overwritten");
        assertThat(config().toFile().list()).containsExactly("people.yml");
        Files.delete(config().resolve("people.yml"));
        assertThat(write()).containsExactly("web");
    }

    private void describe() throws IOException {
        Files.createDirectory(config());
        Files.writeString(config().resolve("hosts.yml"), MACHINES);
    }

    @Test
    void machines_can_be_described_before_and_stay_as_they_are() throws IOException {
        engine.with("shop", "web", "web", FILE);
        describe();
        assertThat(write()).containsExactly("web");
        assertThat(dialog.told)
                .anyMatch(line -> line.matches("Left out: ssh:db1: .* hosts scan db1 prints it.*"));
        rules.rules().load(config());
        assertThat(text("hosts.yml")).isEqualTo(MACHINES);
        assertThat(text("targets.yml")).doesNotContain("host:");
    }

    @Test
    void a_machine_that_is_named_alone_must_tell() throws IOException {
        engine.with("shop", "web", "web", FILE);
        describe();
        host = Optional.of("db1");
        assertThatThrownBy(this::write).hasMessageContaining("hosts scan db1");
        host = Optional.of("db2");
        assertThatThrownBy(this::write).hasMessageContaining("there is no host ssh:db2");
        assertThat(config().toFile().list()).containsExactly("hosts.yml");
        host = Optional.of("local");
        assertThat(write()).containsExactly("web");
    }

    @Test
    void what_runs_from_source_is_a_target_with_its_folder_and_address() throws IOException {
        var keeper = Phrase.of("the systemd unit {0}", "relay.service");
        sources =
                List.of(
                        new Deployment(
                                Path.of("/srv/relay"), List.of(1), List.of(keeper), List.of()));
        engine.with("shop", "web", "web", FILE);

        assertThat(write()).containsExactly("web", "relay");

        assertThat(dialog.told).contains("Services that run from source: 1.");
        assertThat(text("targets.yml"))
                .contains("  source/relay:\n", "    folder: /srv/relay\n")
                .contains("url: http://localhost:1\n", "relay.service")
                .containsOnlyOnce("images:");
    }

    @Test
    void without_an_engine_what_runs_from_source_is_enough() throws IOException {
        var why = Problem.of(Phrase.of("port 1 is held by another one"), Phrase.of("End it"));
        sources =
                List.of(
                        new Deployment(Path.of("/srv/a"), List.of(), List.of(), List.of()),
                        new Deployment(Path.of("/srv/b"), List.of(1), List.of(), List.of(why)));

        assertThat(write("unix://" + folder + "/nowhere.sock")).containsExactly("a");

        assertThat(dialog.told)
                .anyMatch(line -> line.startsWith("Containers are left out: "))
                .anyMatch(line -> line.startsWith("b (/srv/b): port 1 is held by another one"));
    }

    @Test
    void one_that_appears_meanwhile_is_not_overwritten_either() throws IOException {
        engine.with("shop", "web", "web", FILE);
        dialog.answers("Level of", "3");
        var late =
                new Init(
                        config(),
                        new Init.Scope(Optional.empty(), Optional.empty()),
                        Map.of("DOCKER_HOST", engine.address()),
                        SECRETS,
                        new Late(dialog, config()),
                        rules.rules(),
                        _ -> List.of());
        assertThatThrownBy(late::write).hasMessageContaining("cannot be written");
        assertThat(config().toFile().list()).containsExactly("people.yml");
        assertThat(folder.toFile().list()).containsExactly("config");
    }

    /** Somebody else writes while the last question stands. */
    private record Late(Scripted dialog, Path config) implements Dialog {
        @Override
        public void say(Phrase sentence) {
            dialog.say(sentence);
        }

        @Override
        public void show(backout.chat.Message message) {
            dialog.show(message);
        }

        @Override
        public String ask(Phrase question, String guess) {
            if (question.toString().startsWith("Write these")) {
                try {
                    Files.createDirectory(config);
                    Files.writeString(config.resolve("people.yml"), "theirs");
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            return dialog.ask(question, guess);
        }
    }

    @Test
    void checks_that_do_not_hold_are_left_out_with_what_asks_the_same_place() throws IOException {
        engine.with("shop", "web", "web", FILE);
        dialog.answers("Where do probes reach", "http://127.0.0.1:1").answers("Which path", "/up");
        rules.failing("GET {url}/health [BODY].status == healthy within 60s");
        assertThat(write()).isNotEmpty();
        assertThat(text("targets.yml"))
                .contains(
                        "GET {url}/up [STATUS] == 200 within 60s",
                        "GET {url}/health [BODY].version == {version}",
                        "should: GET {url}/health [RESPONSE-TIME]")
                .doesNotContain("container [STATE]");
    }

    @Test
    void each_check_that_does_not_hold_is_asked_about_by_itself() throws IOException {
        engine.with("shop", "web", "web", FILE);
        dialog.answers("Where do probes reach", "http://127.0.0.1:1").answers("Which path", "-");
        String status = "GET {url}/health [BODY].status == healthy within 60s";
        String fast = "should: GET {url}/health [RESPONSE-TIME] < 300ms or baseline x2";
        rules.failing(status).failing(fast).holding("GET {url}/health [BODY].version == {version}");
        dialog.answers("Does it not fit", "y").answers("Does it not fit", "n");
        assertThat(write()).isNotEmpty();
        assertThat(text("targets.yml"))
                .contains(status)
                .doesNotContain("RESPONSE-TIME", "[BODY].version");
    }

    @Test
    void the_word_that_was_seen_is_offered_where_it_means_well() throws IOException {
        engine.with("shop", "web", "web", FILE);
        dialog.answers("Where do probes reach", "http://127.0.0.1:1").answers("Which path", "-");
        String status = "GET {url}/health [BODY].status == healthy within 60s";
        String version = "GET {url}/health [BODY].version == {version}";
        rules.failing(status, "ok").failing(version, "missing");
        dialog.answers("Does it not fit", "n");
        assertThat(write()).isNotEmpty();
        assertThat(dialog.told)
                .anyMatch(line -> line.contains("instead: GET {url}/health [BODY].status == ok"));
        assertThat(text("targets.yml"))
                .contains("checks:\n      - \"GET {url}/health [BODY].status == ok within 60s\"")
                .contains("without-checks:\n      - \"" + status + "\"")
                .doesNotContain("[BODY].version", "RESPONSE-TIME");
    }

    @Test
    void what_could_not_be_tried_is_asked_about_too() throws IOException {
        engine.with("shop", "web", "web", FILE);
        dialog.answers("Where do probes reach", "http://127.0.0.1:1").answers("Which path", "-");
        rules.failing("GET {url}/health [BODY].status == healthy within 60s");
        dialog.answers("Does it not fit", "y").answers("Does it not fit", "n");
        assertThat(write()).isNotEmpty();
        assertThat(text("targets.yml"))
                .contains("[BODY].status", "RESPONSE-TIME")
                .doesNotContain("[BODY].version");
    }

    @Test
    void of_one_project_alone_nothing_else_is_asked() throws IOException {
        engine.with("blog", "web", "blog", FILE).with("shop", "web", "web", FILE);
        project = Optional.of("shop");
        assertThat(write()).containsExactly("web");
        assertThat(text("targets.yml")).contains("project: shop").doesNotContain("blog");
        assertThat(dialog.told).noneMatch(line -> line.contains("blog"));
        project = Optional.of("shoop");
        Files.move(config(), folder.resolve("first"));
        assertThatThrownBy(this::write)
                .hasMessageContaining("no project \"shoop\"")
                .hasMessageContaining("Did you mean shop?");
    }

    @Test
    void who_is_named_besides_oneself_is_a_developer_unless_told() throws IOException {
        engine.with("shop", "web", "web", FILE);
        dialog.answers("Who else", "ben");
        assertThat(write()).isNotEmpty();
        assertThat(text("people.yml")).contains("  ben:\n    level: L1\n");
        assertThat(text("approvals.yml")).contains("votes: 1\n", "from: L1\n");
    }

    @Test
    void what_the_body_tells_of_its_parts_is_proposed() throws IOException {
        assertThat(
                        BodyChecks.of(
                                "/health",
                                """
                                {"status": "ok", "version": "1.2", "uptime": 5, "debug": true,
                                 "components": {"redis": {"status": "healthy", "latency": 1},
                                                "queue": {"connected": true}},
                                 "list": [{"status": "ok"}]}
                                """))
                .containsExactly(
                        "GET {url}/health [BODY].status == ok within 60s",
                        "GET {url}/health [BODY].components.redis.status == healthy within 60s",
                        "GET {url}/health [BODY].components.queue.connected == true within 60s");
        assertThat(BodyChecks.of("/health", "<html>ok</html>")).isEmpty();
        assertThat(BodyChecks.of("/health", "\"ok\"")).isEmpty();
    }

    @Test
    void redis_beside_it_is_saved_where_that_is_wanted() throws IOException {
        engine.with("shop", "web", "web", FILE)
                .with("shop", "redis", "redis:7", FILE)
                .with("blog", "web", "blog", FILE);
        assertThat(write()).hasSize(2);
        rules.rules().load(config());
        assertThat(text("targets.yml")).containsOnlyOnce("    redis:\n      service: redis\n");
    }

    @Test
    void answers_that_cannot_be_read_are_asked_for_again() throws IOException {
        engine.with("shop", "web", "web", FILE);
        dialog.answers("Where do probes reach", "localhost:80")
                .answers("Where do probes reach", "http://a b/")
                .answers("Where do probes reach", "http://127.0.0.1:1/")
                .answers("Which path", "health")
                .answers("Which path", "/{x}")
                .answers("Which path", "-")
                .answers("Who are you", "Ann B")
                .answers("Who are you", "ann")
                .answers("Who else", "ann")
                .answers("Shall chat", "perhaps");
        assertThat(write()).isNotEmpty();
        assertThat(text("targets.yml")).contains("url: http://127.0.0.1:1\n");
        assertThat(text("people.yml")).contains("  ann:\n");
    }

    /** Names as labels can hold them: docker asks for nothing there. */
    private static List<String> hostile() {
        return List.of(
                "",
                " ",
                "~",
                "null",
                "true",
                "no",
                "007",
                "1.0",
                "0x10",
                "a: b",
                "a #b",
                "- a",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a`",
                "{a}",
                "[a]",
                "\"",
                "'",
                "\\",
                "\\n",
                "a\nb",
                "a\tb",
                "\u0085",
                "\u2028",
                "\u202e",
                "é",
                "项目",
                "😀",
                "\uFEFF",
                "?",
                "? a",
                "a:",
                ":",
                "|",
                ">",
                "---",
                "...",
                "../..",
                "/",
                "a/b",
                "compose",
                "A".repeat(300),
                "$(reboot)",
                "${HOME}",
                "<<",
                "=",
                "a\u0000b");
    }

    @Test
    void whatever_a_project_is_called_the_files_pass_the_loader() throws IOException {
        long seed = Long.getLong("backout.seed", new Random().nextLong());
        var random = new Random(seed);
        var names = new ArrayList<>(hostile());
        names.forEach(name -> engine.with(name, name, "web:1", FILE));
        for (int i = 0; i < 100; i++) {
            engine.with(any(random, names), any(random, names) + any(random, names), "web:1", FILE);
        }
        assertThat(write()).as("seed %d", seed).hasSizeGreaterThan(100).doesNotHaveDuplicates();
        rules.rules().load(config());
    }

    private static String any(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    @Test
    void the_naughty_strings_pass_too() throws IOException {
        Path file = shared().resolve("naughty-strings.json");
        List<?> naughty = JsonMapper.shared().readValue(file.toFile(), List.class);
        naughty.forEach(name -> engine.with(name.toString(), name.toString(), "web:1", FILE));
        assertThat(write()).hasSizeGreaterThan(300).doesNotHaveDuplicates();
        rules.rules().load(config());
    }

    @Test
    void every_project_of_the_corpus_becomes_a_configuration() throws IOException {
        try (var files = Files.list(shared().resolve("awesome-compose"))) {
            for (Path file : files.sorted().toList()) {
                services(file).forEach((name, service) -> up(file, name, service));
            }
        }
        assertThat(write()).hasSizeGreaterThan(40).doesNotHaveDuplicates();
        rules.rules().load(config());
        assertThat(text("targets.yml")).doesNotContain("- postgres\n", "- redis\n", "- mariadb\n");
    }

    private static Map<?, ?> services(Path file) throws IOException {
        Object loaded =
                new Load(LoadSettings.builder().setAllowDuplicateKeys(true).build())
                        .loadFromString(Files.readString(file));
        return loaded instanceof Map<?, ?> map && map.get("services") instanceof Map<?, ?> services
                ? services
                : Map.of();
    }

    private void up(Path file, Object name, Object service) {
        String project = file.getFileName().toString().replaceFirst("_compose.*", "");
        Object image = service instanceof Map<?, ?> keys ? keys.get("image") : null;
        String built = project + "-" + name;
        engine.with(project, name.toString(), image == null ? built : image.toString(), FILE);
    }

    private static Path shared() {
        String shared = System.getenv("BACKOUT_SHARED");
        assumeTrue(shared != null, "BACKOUT_SHARED names no folder with test data");
        return Path.of(String.valueOf(shared), "corpus");
    }
}
