package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The demo on this machine's engine, in a process of its own as {@code bot/backout} starts it. */
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = DemoProcess.LEFTOVERS, mode = ResourceAccessMode.READ)
class DemoTest {
    private static final Map<String, String> AS_IT_IS = Map.of();

    @TempDir Path folder;
    @TempDir Path temporary;

    @BeforeEach
    void needs() {
        Needs.relay();
        Needs.program("git");
        Needs.program("node");
    }

    private DemoProcess demo(String... options) throws IOException {
        return new DemoProcess(folder, temporary, AS_IT_IS, options);
    }

    @Test
    void the_script_ends_with_a_service_that_is_well_each_way_and_leaves_nothing()
            throws Exception {
        try (var demo = demo("--script")) {
            assertThat(demo.exitCode()).as(demo.all()).isZero();

            assertThat(demo.words())
                    .containsSubsequence(
                            "compose/claude-relay got 1.2.0, and it is broken: 500"
                                    + " {\"status\":\"unhealthy\"",
                            "li> /rollback compose claude-relay because 5xx after the release",
                            "Roll back compose/claude-relay",
                            "0 of 1, needs L2, not li: anna, ben, dora",
                            "li> /rollback confirm ",
                            "li> /rollback approve ",
                            "✗ li: nobody approves their own rollback",
                            "anna> /rollback approve ",
                            "approved by anna",
                            "PROVEN",
                            "done and proven",
                            "Verification",
                            "Rolled back to 1.1.0 and proven",
                            "without the bot: GET http://127.0.0.1:",
                            "→ 200 {\"status\":\"healthy\",\"version\":\"1.1.0\"",
                            "The service is well again.",
                            "li> /rollback container relay-alone because 5xx",
                            "the former container is kept as demo-",
                            "→ 200 {\"status\":\"healthy\",\"version\":\"1.1.0\"",
                            "The service is well again.",
                            "li> /rollback source relay-git because 5xx",
                            "run by the process",
                            "→ 200 {\"status\":\"healthy\",\"version\":\"1.1.0\"",
                            "The service is well again.",
                            "Removed: 3 containers, 1 network, 3 images, 1 process, the folder ");
            assertThat(demo.complaints()).isEmpty();
            assertNothingIsLeft(demo);
        }
    }

    @Test
    void a_release_that_crashes_again_and_again_is_rolled_back_with_nobody_touching_anything()
            throws Exception {
        try (var demo = demo("--script", "--automatic")) {
            assertThat(demo.exitCode()).as(demo.all()).isZero();

            assertThat(demo.words())
                    .containsSubsequence(
                            "compose/claude-relay is unwell since",
                            "release 1.2.0",
                            "compose/claude-relay is unwell: roll it back?",
                            "1.2.0 runs since",
                            "Cannot find module",
                            "nobody said no: the rollback begins by itself",
                            "PROVEN",
                            "done and proven",
                            "asked by backout",
                            "→ 200 {\"status\":\"healthy\",\"version\":\"1.1.0\"",
                            "The service is well again.");
            assertThat(demo.complaints()).isEmpty();
            assertNothingIsLeft(demo);
        }
    }

    @Test
    void where_nobody_can_type_it_stays_and_says_how_it_ends() throws Exception {
        try (var demo = demo()) {
            demo.nothingToRead().until("There is nothing to read from here");
            try (var visitor = new Visitor(demo.address())) {
                assertThat(visitor.get("/signin")).contains("Begin as li");
            }
            assertThat(demo.stop().exitCode()).as(demo.all()).isZero();
            assertNothingIsLeft(demo);
        }
    }

    @Test
    void its_page_says_what_to_do_and_a_rollback_is_done_there_by_becoming_somebody_else()
            throws Exception {
        try (var demo = demo().until("To be typed:");
                var visitor = new Visitor(demo.address())) {
            demo.type("status");
            demo.until("source/relay-git");
            assertThat(visitor.get("/signin")).contains("Begin as li");
            assertThat(visitor.become("li", false).get("/"))
                    .contains("compose claude-relay because 5xx after the release", "Become anna")
                    .contains("source relay-git because 5xx after the release");
            visitor.say("compose claude-relay because 5xx after the release")
                    .until("data-state=\"waits for confirmation by li\"");
            visitor.press("confirm").until("data-state=\"waits for 1 vote\"");
            assertThat(visitor.until("Not for you: Approve")).doesNotContain(">Approve<");
            visitor.become("anna", true).press("approve").until("data-state=\"proven");
            assertThat(visitor.until("done and proven")).contains("approved by anna");
            assertThat(visitor.get("/target/compose/claude-relay"))
                    .contains("locked by li", "1.1.0 (runs)");
            demo.type("exit");

            assertThat(demo.exitCode()).as(demo.all()).isZero();
            assertThat(demo.complaints()).isEmpty();
            assertNothingIsLeft(demo);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"are made as images", "the switch begins"})
    void told_to_end_in_the_middle_it_removes_what_it_made(String moment) throws Exception {
        try (var demo = demo("--script").until(moment).stop()) {
            assertThat(demo.exitCode()).as(demo.all()).isEqualTo(4);
            assertNothingIsLeft(demo);
        }
    }

    @Test
    void told_to_end_twice_it_still_removes_what_it_made() throws Exception {
        try (var demo = demo("--script").until("runs 1.1.0").stop()) {
            demo.until("Removing the demo").stop();
            assertThat(demo.exitCode()).as(demo.all()).isNotZero();
            assertNothingIsLeft(demo);
        }
    }

    @Test
    void a_set_up_that_fails_half_way_is_removed_and_ends_with_1() throws Exception {
        var docker = folder.resolve("docker");
        Files.writeString(
                docker,
                """
                #!/bin/sh
                export PATH=${PATH#*:}
                case "$*" in *up*--detach*) docker "$@"; echo "no such luck" >&2; exit 1 ;; esac
                exec docker "$@"
                """);
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwx------"));
        var path = Map.of("PATH", folder + ":" + System.getenv("PATH"));
        try (var demo = new DemoProcess(folder, temporary, path, "--script")) {
            assertThat(demo.exitCode()).as(demo.all()).isEqualTo(1);
            assertThat(demo.words()).contains("did not work: no such luck", "2 containers");
            assertNothingIsLeft(demo);
        }
    }

    @Test
    void without_an_engine_it_shows_what_runs_from_source() throws Exception {
        var nowhere = Map.of("DOCKER_HOST", "unix://" + folder + "/nowhere.sock");
        try (var demo = new DemoProcess(folder, temporary, nowhere, "--script", "--no-install")) {
            assertThat(demo.exitCode()).as(demo.all()).isZero();
            assertThat(demo.words())
                    .containsSubsequence(
                            "Only what runs from source is shown: no Docker engine answers on"
                                    + " unix://"
                                    + folder,
                            "--no-install",
                            "li> /rollback source relay-git because 5xx",
                            "The service is well again.",
                            "Removed: 1 process, the folder ");
            assertNothingIsLeft(demo);
        }
    }

    @Test
    void where_nothing_can_be_shown_it_says_what_is_missing_and_does_nothing() throws Exception {
        var nothing = Map.of("PATH", folder.toString());
        try (var demo = new DemoProcess(folder, temporary, nothing, "--script", "--no-install")) {
            assertThat(demo.exitCode()).as(demo.all()).isEqualTo(2);
            assertThat(demo.text()).isEmpty();
            assertThat(demo.complaints().replaceAll("\\s+", " "))
                    .contains("Docker is not installed", "node is not installed", "--no-install");
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void help_tells_of_it() throws Exception {
        try (var demo = demo("--help")) {
            assertThat(demo.exitCode()).isZero();
            assertThat(demo.text()).contains("--script", "--no-install");
        }
    }

    private void assertNothingIsLeft(DemoProcess demo) {
        assertThat(demo.made()).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }
}
