package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Cli;
import backout.fixture.Needs;
import backout.fixture.Release;
import backout.plan.Release.Standing;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the guide's method 2 gets wrong when it is followed to the letter. The numbers are those of
 * the findings about it; D6, D13 to D15 and D31 are of Redis, npm and git, of which this kind knows
 * nothing.
 */
final class ContainerTruthTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    /** The guide pulls latest, which is whatever was pushed last. */
    @Test
    void d12_a_name_that_means_another_image_now_is_not_what_is_gone_back_to() {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD)) {
            String moving = lone.images.repository() + ":latest";
            lone.engine.docker("tag", lone.images.of(Release.CRASH_LOOP), moving);

            var seat = lone.rollback("container relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isZero();
            assertThat(lone.runs(Release.GOOD)).isTrue();
            lone.engine.remove(moving);
        }
    }

    /** The guide removes the container before it reads what it was started with. */
    @Test
    void d29_the_former_container_with_its_parameters_is_there_until_the_soak_ends() {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD).soak("5m")) {
            String id = lone.inspect("{{.Id}}");

            var seat =
                    lone.seat().start("run", "container relay because 5xx", "--as", "li", "--yes");
            seat.until("PROVEN, soaking");

            String aside =
                    lone.containers().stream()
                            .filter(name -> name.contains("-backout-old-"))
                            .findFirst()
                            .orElseThrow();
            assertThat(
                            lone.inspect(
                                    aside,
                                    "{{.Id}} {{.State.Running}}"
                                            + " {{.HostConfig.RestartPolicy.Name}}"))
                    .isEqualTo(id + " false no");
            assertThat(lone.runs(Release.GOOD)).isTrue();
            seat.interrupt();
        }
    }

    /** What cannot be made is known while the former one still serves. */
    @Test
    void d29_a_release_that_is_not_to_be_had_changes_nothing() {
        try (var lone = new Lone(Release.HEALTH_500).seen(Release.GOOD)) {
            String before = lone.inspect("{{.Id}} {{.State.StartedAt}}");

            var seat = lone.rollback("container relay to v9.9.9 because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isEqualTo(1);
            assertThat(lone.inspect("{{.Id}} {{.State.StartedAt}}")).isEqualTo(before);
        }
    }

    /** The short form loses the restart policy and the network; a value becomes the image's. */
    @Test
    void d30_what_the_short_form_forgets_is_kept_and_what_is_the_images_is_not_frozen() {
        try (var lone =
                new Lone(Release.HEALTH_500, "--memory", "64m", "--user", "0:0")
                        .proven(Release.GOOD)) {
            var seat = lone.rollback("container relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isZero();
            assertThat(
                            lone.inspect(
                                    "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.Memory}}"
                                            + " {{.Config.User}} {{.HostConfig.NetworkMode}}"))
                    .isEqualTo("unless-stopped 67108864 0:0 " + lone.name);
            assertThat(lone.inspect("{{range .Config.Env}}{{println .}}{{end}}"))
                    .contains("RELAY_RELEASE=1.1.0", "JWT_SECRET=" + Lone.SECRET)
                    .doesNotContain("RELAY_RELEASE=1.3.1");
        }
    }

    /** {@code inspect | grep Env} shows the secrets to whoever looks over a shoulder. */
    @Test
    void d30_neither_plan_nor_script_nor_run_shows_a_secret() {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD)) {
            var plan = lone.plan("container relay");
            var shell = lone.plan("container relay", "--shell");
            var seat = lone.rollback("container relay because 5xx");

            assertThat(plan.text() + shell.text() + seat.text()).doesNotContain(Lone.SECRET);
            assertThat(shell.text())
                    .contains(
                            "docker run --detach --name " + lone.name,
                            "JWT_SECRET=\"$JWT_SECRET\"");
        }
    }

    /** The guide's archive leaves out what cannot be fetched again, and goes on where it fails. */
    @Test
    void d11_the_backup_holds_the_data_and_how_the_container_was_made() throws IOException {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD)) {
            Files.writeString(lone.folder.resolve("data/users"), "anna");

            assertThat(lone.rollback("container relay because 5xx").exitCode()).isZero();

            Path open = lone.home.resolve("open");
            var opening = lone.seat();
            opening.run("open", backup(lone).toString(), open.toString());
            assertThat(Files.readString(open.resolve("container.json")))
                    .as(opening.text())
                    .contains("JWT_SECRET=" + Lone.SECRET);
            assertThat(open.resolve(lone.folder.toString().substring(1)).resolve("data/users"))
                    .hasContent("anna");
        }
    }

    /** The guide's archive hides it. */
    @Test
    void d11_what_cannot_be_saved_is_told_before_anybody_says_yes() {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD)) {
            lone.target("backup: {paths: [/no/such/folder]}");

            assertThat(lone.plan("container relay").words())
                    .contains("the data is not backed up: /no/such/folder is not there");
        }
    }

    /** The guide finds what it ends by a part of a name. */
    @Test
    void d16_whoever_is_called_almost_the_same_is_not_touched() {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD)) {
            String image = lone.images.redis();
            for (String other : List.of(lone.name + "-2", lone.name + "-backout-old-mine")) {
                lone.engine.docker("run", "--detach", "--name", other, image, "redis-server");
            }
            String shape = "{{.Id}} {{.Name}} {{.State.StartedAt}} {{.State.Running}}";
            String two = lone.inspect(lone.name + "-2", shape);
            String mine = lone.inspect(lone.name + "-backout-old-mine", shape);

            var seat = lone.rollback("container relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isZero();
            assertThat(lone.inspect(lone.name + "-2", shape)).isEqualTo(two);
            assertThat(lone.inspect(lone.name + "-backout-old-mine", shape)).isEqualTo(mine);
        }
    }

    private static Path backup(Lone lone) throws IOException {
        try (var all = Files.walk(lone.home.resolve("var/backups"))) {
            return all.filter(file -> file.toString().endsWith(".age")).findFirst().orElseThrow();
        }
    }

    /** The day when the bot is dead: the script alone, there and back. */
    @Test
    void the_script_of_the_plan_rolls_back_and_takes_that_back() throws IOException {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD)) {
            String id = lone.inspect("{{.Id}}");
            Path script = lone.home.resolve("rollback.sh");
            Files.writeString(script, lone.plan("container relay", "--shell").text());

            Cli.here().run("sh", script.toString());

            assertThat(lone.runs(Release.GOOD)).isTrue();
            assertThat(lone.inspect("{{range .Config.Env}}{{println .}}{{end}}"))
                    .contains("JWT_SECRET=" + Lone.SECRET);

            Cli.here().run("sh", script.toString(), "back");

            assertThat(lone.inspect("{{.Id}}")).isEqualTo(id);
            assertThat(lone.runs(Release.HEALTH_500)).isTrue();
        }
    }

    /** The guide's emergency script, with the backup that it forgets, the proof and the hooks. */
    @Test
    void the_emergency_script_saves_first_and_waits_for_the_answer() throws IOException {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD)) {
            Path data = Files.createDirectories(lone.home.resolve("the data"));
            Files.writeString(data.resolve("orders"), "17");
            Path noted = lone.home.resolve("noted");
            String hook = "[sh, -c, 'echo $BACKOUT_HOOK $BACKOUT_OUTCOME >> %s']".formatted(noted);
            lone.target(
                    "backup: {paths: ['%s']}\nhooks: {before-switch: [%s], after-switch: [%s], after-proof: [%s], after-undo: [%s]}"
                            .formatted(data, hook, hook, hook, hook));
            Path script = lone.home.resolve("rollback.sh");
            Files.writeString(script, lone.plan("emergency relay", "--shell").text());
            assertThat(script).content().doesNotContain(Lone.SECRET);

            var forth = new Cli(lone.home, Map.of()).attempt("sh", script.toString());

            assertThat(forth.ok()).as(forth.complaint()).isTrue();
            assertThat(lone.runs(Release.GOOD)).isTrue();
            Path saved =
                    Path.of(
                            forth.output()
                                    .lines()
                                    .filter(line -> line.contains("backout-emergency"))
                                    .findFirst()
                                    .orElseThrow());
            assertThat(Files.getPosixFilePermissions(saved)).hasSize(3);
            assertThat(saved.resolve("container.json")).content().contains(Lone.SECRET);
            assertThat(
                            Cli.here()
                                    .run(
                                            "tar",
                                            "-xzOf",
                                            saved + "/data.tar.gz",
                                            data.toString().substring(1) + "/orders"))
                    .isEqualTo("17");
            assertThat(noted)
                    .content()
                    .isEqualTo("before-switch\nafter-switch switched\nafter-proof proven\n");

            Cli.here().run("sh", script.toString(), "back");

            assertThat(lone.runs(Release.HEALTH_500)).isTrue();
            assertThat(noted).content().endsWith("after-undo undone\n");
        }
    }

    /** Whoever made it would make it anew: it is theirs, with the command that fits. */
    @Test
    void a_container_of_compose_is_refused_with_what_to_say_instead() {
        try (var lone =
                new Lone(
                                Release.HEALTH_500,
                                "--label",
                                "com.docker.compose.project=shop",
                                "--label",
                                "com.docker.compose.service=web")
                        .proven(Release.GOOD)) {
            var seat = lone.rollback("container relay because 5xx");

            assertThat(seat.exitCode()).isEqualTo(1);
            assertThat(seat.text())
                    .contains("it belongs to service web of compose project shop")
                    .contains("docker compose -p shop up -d web");
            assertThat(lone.containers()).containsExactly(lone.name);
        }
    }

    @Test
    void what_was_rolled_away_from_is_bad_and_what_was_proven_is_good() {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD)) {
            lone.rollback("container relay because 5xx");

            var ledger = lone.ledger();
            assertThat(
                            ledger.release(lone.images.idOf(Release.HEALTH_500))
                                    .orElseThrow()
                                    .standing())
                    .isEqualTo(Standing.BAD);
            assertThat(ledger.lock()).isPresent();
        }
    }
}
