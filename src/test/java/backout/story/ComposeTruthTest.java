package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** What compose would really do is known before anybody says yes. */
class ComposeTruthTest {
    private static final String COMES = "comes into force too";

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static Shop shop() {
        return new Shop().images("web", "1.0", "2.0").images("db", "7");
    }

    private static Shop up(Shop shop, Map<String, String> shell) {
        return shop.up(shell).awaitHealthy().proven("{p}/web:1.0");
    }

    private static void proven(Shop shop) {
        Seat li = shop.rollback("compose web because 5xx");
        assertThat(li.exitCode()).as(li.text()).isZero();
        assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:1.0"));
        assertThat(li.words()).doesNotContain("would make it anew");
        assertThat(shop.wouldDo()).isEmpty();
    }

    private static Seat refused(Shop shop) {
        String id = shop.inspect("web", "{{.Id}}");
        Seat li = shop.rollback("compose web because 5xx");
        assertThat(li.exitCode()).as(li.text()).isEqualTo(1);
        assertThat(shop.inspect("web", "{{.Id}}")).isEqualTo(id);
        return li;
    }

    @Test
    void a_folder_of_the_project_is_the_same_folder_again() throws IOException {
        try (var shop = shop()) {
            Files.createDirectory(shop.folder().resolve("data"));
            up(
                    shop.file(
                            "compose.yml",
                            Shop.ONE_SERVICE + "    volumes: ['${PWD}/data:/data']\n"),
                    Map.of());
            String mounts = shop.inspect("web", "{{json .HostConfig.Binds}}");
            Seat plan = shop.plan("compose web");
            assertThat(plan.words()).doesNotContain(COMES).doesNotContain("is not set");
            proven(shop);
            assertThat(shop.inspect("web", "{{json .HostConfig.Binds}}")).isEqualTo(mounts);
        }
    }

    @Test
    void a_folder_of_another_home_is_refused_with_both_paths() throws IOException {
        try (var shop = shop()) {
            String home = shop.folder().resolve("home").toString();
            Files.createDirectories(shop.folder().resolve("home/conf"));
            up(
                    shop.file("compose.yml", Shop.ONE_SERVICE + "    volumes: ['~/conf:/conf']\n"),
                    Map.of("HOME", home, "DOCKER_CONFIG", System.getenv("HOME") + "/.docker"));
            Seat li = refused(shop);
            assertThat(li.text().replaceAll("\\s+", ""))
                    .contains(home + "/conf")
                    .contains("HOMEand~mean" + System.getenv("HOME"));
        }
    }

    @Test
    void values_that_only_the_shell_knew_are_refused_by_name() {
        try (var shop = shop()) {
            up(
                    shop.file(
                            "compose.yml",
                            Shop.ONE_SERVICE
                                    + """
                                        volumes: ['${DATA}/x:/x']
                                        environment:
                                          KEEP: ${KEEP}
                                          NEVER: ${NEVER}
                                          TOKEN:
                                    """),
                    Map.of("KEEP", "prod", "TOKEN", "s3cret", "DATA", shop.folder().toString()));
            Seat li = refused(shop);
            assertThat(li.words())
                    .contains(
                            "values that nobody knows now: DATA (mount /x), KEEP (environment"
                                    + " KEEP), TOKEN (environment TOKEN).")
                    .contains("write DATA=…, KEEP=…, TOKEN=…")
                    .contains(shop.folder() + "/.env")
                    .doesNotContain("NEVER")
                    .doesNotContain("s3cret")
                    .doesNotContain("prod ");
            shop.file(".env", "KEEP=prod\nTOKEN=s3cret\nDATA=" + shop.folder() + "\n");
            assertThat(shop.plan("compose web").words())
                    .contains("the variable NEVER is not set")
                    .doesNotContain(COMES);
            proven(shop);
        }
    }

    @Test
    void what_comes_into_force_too_is_told_key_by_key() {
        try (var shop = shop()) {
            up(
                    shop.file(
                            "compose.yml",
                            Shop.ONE_SERVICE + "    environment: [LEVEL=info, OLD=1]\n"),
                    Map.of());
            assertThat(shop.plan("compose web").words()).doesNotContain(COMES);
            shop.file(
                    "compose.yml",
                    Shop.ONE_SERVICE
                            + """
                                environment: [LEVEL=debug, NEW=s3cret]
                                labels: {team: shop}
                                user: "0"
                                restart: always
                                tmpfs: [/scratch]
                            """);
            assertThat(shop.plan("compose web").words())
                    .contains(
                            COMES
                                    + ": environment LEVEL, environment NEW, environment OLD, label"
                                    + " team, mount /scratch, restart, user")
                    .doesNotContain("s3cret")
                    .doesNotContain("debug");
            proven(shop);
            assertThat(shop.inspect("web", "{{.HostConfig.RestartPolicy.Name}}"))
                    .isEqualTo("always");
        }
    }

    @Test
    void a_folder_that_the_files_move_is_refused() {
        try (var shop = shop()) {
            up(
                    shop.file(
                            "compose.yml",
                            Shop.ONE_SERVICE
                                    + "    volumes: ['data:/data']\nvolumes: {data: , other: }\n"),
                    Map.of());
            shop.file(
                    "compose.yml",
                    Shop.ONE_SERVICE
                            + "    volumes: ['other:/data']\nvolumes: {data: , other: }\n");
            Seat li = refused(shop);
            assertThat(li.words())
                    .contains(shop.project() + "_data at /data")
                    .contains("would mount " + shop.project() + "_other there");
            shop.engine().attempt("volume", "rm", shop.project() + "_other");
        }
    }

    private static Shop withEnvFiles() {
        return shop().file(
                        "compose.yml",
                        Shop.ONE_SERVICE
                                + """
                                    depends_on: [db]
                                    env_file: web.env
                                  db:
                                    image: {p}/db:7
                                    env_file: db.env
                                """)
                .file("web.env", "C=red\n")
                .file("db.env", "P=1\n");
    }

    @Test
    void a_service_with_an_env_file_has_not_drifted() {
        try (var shop = up(withEnvFiles(), Map.of())) {
            String db = shop.inspect("db", "{{.Id}}");
            assertThat(shop.plan("compose web").words())
                    .contains("docker compose up -d web")
                    .doesNotContain("anew")
                    .doesNotContain(COMES);
            proven(shop);
            assertThat(shop.inspect("db", "{{.Id}}")).isEqualTo(db);
        }
    }

    @Test
    void an_env_file_of_a_dependency_that_was_edited_has() {
        try (var shop = up(withEnvFiles(), Map.of())) {
            shop.file("db.env", "P=2\n");
            String db = shop.inspect("db", "{{.Id}}");
            assertThat(shop.plan("compose web").words())
                    .contains("docker compose would make db anew: environment P")
                    .contains("through the engine");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(shop.inspect("db", "{{.Id}}")).isEqualTo(db);
            shop.file("db.env", "P=1\n");
            assertThat(shop.wouldDo()).isEmpty();
        }
    }

    @Test
    void who_else_gets_another_value_is_listed() {
        try (var shop =
                up(
                        shop().images("worker", "7")
                                .file(
                                        "compose.yml",
                                        Shop.ONE_SERVICE.replace(":2.0", ":${TAG}")
                                                + """
                                                    environment: ["VERSION=${TAG}"]
                                                  worker:
                                                    image: {p}/worker:7
                                                    environment: ["KEEP=${KEEP}", "PORT=3001"]
                                                  other:
                                                    image: {p}/worker:7
                                                    env_file: .env
                                                    environment: ["PORT=3002"]
                                                """)
                                .file(".env", "TAG=2.0\nKEEP=v${TAG}\n"),
                        Map.of())) {
            assertThat(shop.plan("compose web").words())
                    .contains("worker gets another environment KEEP when it is next brought up")
                    .contains(
                            "other gets another environment KEEP, environment TAG when it is next"
                                    + " brought up")
                    .contains("web gets another environment VERSION by the change");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
        }
    }

    @Test
    void a_dependency_that_the_edited_line_changes_is_left_alone() {
        try (var shop =
                up(
                        shop().file(
                                        "compose.yml",
                                        Shop.ONE_SERVICE.replace(":2.0", ":${TAG}")
                                                + """
                                                    depends_on: [db]
                                                  db:
                                                    image: {p}/db:7
                                                    environment: ["FOR=${TAG}"]
                                                """)
                                .file(".env", "TAG=2.0\n"),
                        Map.of())) {
            String db = shop.inspect("db", "{{.Id}}");
            assertThat(shop.plan("compose web").words())
                    .contains("docker compose would make db anew: environment FOR")
                    .contains("through the engine");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(shop.inspect("db", "{{.Id}}")).isEqualTo(db);
        }
    }

    @Test
    void a_value_that_changes_while_people_decide_changes_the_plan() {
        try (var shop =
                up(
                        shop().file(
                                        "compose.yml",
                                        Shop.ONE_SERVICE
                                                + """
                                                    environment: ["ENCRYPTION_KEY=${ENCRYPTION_KEY}"]
                                                    env_file: web.env
                                                """)
                                .file(".env", "ENCRYPTION_KEY=one\n")
                                .file("web.env", "LEVEL=info\n"),
                        Map.of())) {
            shop.config(
                    "people.yml",
                    "people:\n  li: {level: L1}\n  anna: {level: L2}\n  ben: {level: L2}\n");
            shop.config("approvals.yml", "policies:\n  open: {votes: 1}\n");
            var li = shop.seat();
            li.start("run", "compose web because 5xx", "--as", "li", "--yes");
            li.until("bot/backout run \"approve " + li.runId());
            shop.file(".env", "ENCRYPTION_KEY=two\n").file("web.env", "LEVEL=debug\n");
            shop.seat().run("run", "approve " + li.runId(), "--as", "anna");
            li.until("the plan changed:");
            li.until("bot/backout run \"confirm " + li.runId());
            assertThat(li.words())
                    .contains(shop.folder() + "/.env is not what it was when the plan was made")
                    .contains(shop.folder() + "/web.env is not what it was")
                    .contains(
                            "would give web another environment ENCRYPTION_KEY, environment LEVEL")
                    .doesNotContain("=two");
            shop.seat().run("run", "cancel " + li.runId(), "--as", "li");
            assertThat(li.exitCode()).as(li.text()).isEqualTo(3);
            assertThat(shop.inspect("web", "{{.Config.Env}}")).contains("ENCRYPTION_KEY=one");
        }
    }
}
