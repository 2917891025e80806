package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Release;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where the guide's method 3 is wrong when it is followed to the letter; by its D-numbers. */
final class SourceTruthTest {
    private static final String PACKAGE = "{\"name\": \"relay\", \"version\": \"1.0.0\"%s}\n";
    private static final String LOCK =
            """
            {"name": "relay", "version": "1.0.0", "lockfileVersion": 3, "requires": true,
             "packages": {"": {"name": "relay", "version": "1.0.0"}}}
            """;

    /** In place: HEALTH_500 runs, GOOD was before. */
    private static Deployed inPlace() {
        return new Deployed().cloned(Release.HEALTH_500);
    }

    @Test
    void d31_what_is_not_committed_is_told_and_saved_and_stays() throws IOException {
        try (var deployed = inPlace().proven(Release.GOOD)) {
            deployed.write(deployed.folder.resolve(".env"), "TOKEN=x\n")
                    .write(deployed.folder.resolve("notes.txt"), "untracked\n")
                    .write(deployed.folder.resolve("data/db"), "rows\n");
            Files.writeString(
                    deployed.folder.resolve("server.js"),
                    Files.readString(deployed.folder.resolve("server.js")) + "// by hand\n");
            deployed.run();

            var plan = deployed.plan("source relay");
            assertThat(plan.words())
                    .contains("not committed", "server.js", "notes.txt", "becomes a link");
            var seat = deployed.rollback("source relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isZero();
            assertThat(deployed.health()).contains("\"version\":\"1.1.0\"", "TOKEN=x");
            Path adopted = deployed.root.resolve("app.backout/releases/0-adopted");
            assertThat(adopted.resolve("server.js")).content().contains("// by hand");
            assertThat(adopted.resolve("notes.txt")).hasContent("untracked");
            assertThat(deployed.folder.resolve("data/db")).hasContent("rows");
            assertThat(deployed.folder.resolve("data").toRealPath())
                    .isEqualTo(adopted.resolve("data").toRealPath());
            Path into = deployed.root.resolve("opened");
            var opened = deployed.seat();
            opened.run("open", backup(deployed), into.toString());
            assertThat(opened.exitCode()).as(opened.text()).isZero();
            Deployed.git(deployed.origin, "checkout", "--quiet", deployed.of(Release.HEALTH_500));
            Deployed.git(deployed.origin, "apply", into.resolve("uncommitted.patch").toString());
            assertThat(deployed.origin.resolve("server.js")).content().contains("// by hand");
        }
    }

    private static String backup(Deployed deployed) throws IOException {
        try (var all = Files.walk(deployed.home.resolve("var/backups"))) {
            return all.filter(path -> path.toString().endsWith(".tar.zst.age"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }

    @Test
    void d12_d31_a_branch_is_no_release() {
        try (var deployed = inPlace().run()) {
            var seat = deployed.plan("source relay to main");

            assertThat(seat.exitCode()).isEqualTo(2);
            assertThat(seat.words()).contains("main is a branch: it means another commit tomorrow");
            String commit = deployed.of(Release.GOOD_2);
            assertThat(deployed.plan("source relay to " + commit.substring(0, 10)).exitCode())
                    .isZero();
        }
    }

    @Test
    void d13_packages_are_those_of_the_lock_file_or_the_former_release_goes_on() {
        try (var deployed = new Deployed()) {
            deployed.commit(
                            Release.GOOD,
                            Map.of(
                                    "package.json",
                                    PACKAGE.formatted(""),
                                    "package-lock.json",
                                    LOCK))
                    .commit(Release.HEALTH_500, Map.of("package.json", PACKAGE.formatted("")))
                    .cloned(Release.HEALTH_500)
                    .run()
                    .proven(Release.GOOD);
            var seat = deployed.rollback("source relay because 5xx");
            assertThat(seat.exitCode()).as(seat.text()).isZero();
            assertThat(deployed.health()).contains("\"version\":\"1.1.0\"");
        }
        try (var deployed = new Deployed()) {
            String needs = ", \"dependencies\": {\"left-pad\": \"1.3.0\"}";
            deployed.commit(
                            Release.GOOD,
                            Map.of(
                                    "package.json",
                                    PACKAGE.formatted(needs),
                                    "package-lock.json",
                                    LOCK))
                    .cloned(Release.HEALTH_500)
                    .run()
                    .proven(Release.GOOD);
            var before = deployed.handles();
            var seat = deployed.rollback("source relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isNotZero();
            assertThat(seat.words()).contains("npm ci", "the former release still serves");
            assertThat(deployed.handles()).containsAll(before.subList(0, 1));
            assertThat(deployed.served()).isEqualTo(deployed.folder);
        }
    }

    @Test
    void d14_d15_it_is_started_as_it_was_and_with_the_same_surroundings() {
        try (var deployed =
                new Deployed()
                        .released(Release.GOOD, Release.HEALTH_500)
                        .run()
                        .proven(Release.GOOD)) {
            List<String> before = commands(deployed);
            var seat = deployed.rollback("source relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isZero();
            assertThat(commands(deployed)).isEqualTo(before);
        }
    }

    private static List<String> commands(Deployed deployed) {
        return deployed.handles().stream()
                .map(one -> one.info().commandLine().orElse(""))
                .filter(line -> line.contains("while"))
                .distinct()
                .toList();
    }

    @Test
    void d16_a_process_of_the_same_name_elsewhere_is_left_alone() {
        try (var other = new Deployed().released(Release.GOOD).run();
                var deployed =
                        new Deployed()
                                .released(Release.GOOD, Release.HEALTH_500)
                                .run()
                                .proven(Release.GOOD)) {
            other.awaitAnswer();
            var before = other.handles();
            var seat = deployed.rollback("source relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isZero();
            assertThat(other.handles()).isEqualTo(before);
        }
    }

    @Test
    void d11_the_backup_has_what_nothing_brings_back() throws IOException {
        try (var deployed = inPlace().proven(Release.GOOD)) {
            deployed.write(deployed.folder.resolve(".env"), "TOKEN=x\n")
                    .write(deployed.folder.resolve("redis_data/dump.rdb"), "rows\n")
                    .run();
            var seat = deployed.rollback("source relay because 5xx");
            assertThat(seat.exitCode()).as(seat.text()).isZero();

            Path into = deployed.root.resolve("opened");
            deployed.seat().run("open", backup(deployed), into.toString());
            try (var files = Files.walk(into)) {
                assertThat(files.map(path -> path.getFileName().toString()))
                        .contains(".env", "dump.rdb");
            }
        }
    }

    @Test
    void d29_d30_everything_is_known_before_anything_stops() {
        try (var deployed = inPlace().proven(Release.GOOD)) {
            var seat = deployed.plan("source relay");

            assertThat(seat.exitCode()).isNotZero();
            assertThat(seat.words()).contains("nobody knows how it is started");
        }
    }
}
