package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.ComposeSite;
import backout.fixture.Folders;
import backout.fixture.Needs;
import backout.fixture.PersonsShell;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.fixture.SecondMachine;
import backout.host.Command;
import backout.host.Hosts;
import backout.run.Run;
import backout.run.RunEvent;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Targets of another machine, on which nothing is but an SSH server and Docker. On the bot's own
 * runs a project of the very same name, in the very same folder, which nobody may touch.
 */
@Order(3)
class OtherHostTest {
    private static final String TARGET = "host: ssh:second\nfrom: host\nredis: {service: redis}";
    private static final byte[] SEALED = "age-encryption.org".getBytes(StandardCharsets.US_ASCII);

    private static SecondMachine machine;
    private static ComposeSite here;
    private static Hosts hosts;

    private Relay relay;

    @BeforeAll
    static void machines() {
        Needs.relay();
        here = ComposeSite.running(Release.GOOD_2);
        machine = new SecondMachine();
        hosts = machine.hosts();
        var images = RelayImages.shared();
        here.engine()
                .cli(here.folder())
                .run(
                        "sh",
                        "-c",
                        "docker save %s %s %s %s %s | docker exec -i %s docker load"
                                .formatted(
                                        images.of(Release.GOOD),
                                        images.of(Release.GOOD_2),
                                        images.of(Release.HEALTH_500),
                                        images.of(Release.IGNORES_TERM),
                                        images.redis(),
                                        machine.name()));
    }

    @AfterAll
    static void end() {
        // what was left out began nothing
        if (hosts != null) {
            hosts.close();
        }
        if (machine != null) {
            machine.close();
        }
        if (here != null) {
            here.close();
        }
    }

    /** The folder of the project here is that of the project there. */
    @BeforeEach
    void deployed() {
        Cli.here()
                .run(
                        "sh",
                        "-c",
                        "tar -C / -c .%s | docker exec -i %s tar -C / -x"
                                .formatted(here.folder(), machine.name()));
        deploy(Release.GOOD_2);
        relay = new Relay(here, RelayImages.shared(), "unix:///var/run/docker.sock");
        relay.config("hosts.yml", machine.described());
        relay.reaching(hosts).target(TARGET);
        proven(Release.GOOD);
    }

    private void proven(Release release) {
        String image = RelayImages.shared().of(release);
        relay.proven(
                there("docker image inspect --format {{.Id}} " + image), image, release.version());
    }

    @AfterEach
    void removed() {
        machine.formerKey();
        there("docker compose down --volumes --timeout 1 2>&1");
        Folders.delete(relay.home());
    }

    /** In the project's folder on the other machine. */
    private static String there(String line) {
        return machine.sh("cd " + here.folder() + " && " + line);
    }

    private static void deploy(Release release) {
        String image = RelayImages.shared().of(release);
        there(
                "sed -i '/^  claude-relay:/{n;s|image: .*|image: "
                        + image
                        + "|}' docker-compose.yml");
        there("docker compose up --detach 2>&1");
        Await.until(
                release + " answers there",
                () ->
                        there("busybox wget -qO- " + here.url() + "/health 2>&1 || true")
                                        .contains("{")
                                || release == Release.HEALTH_500);
    }

    private static String running() {
        return there(
                "docker inspect --format {{.Config.Image}} $(docker compose ps -q claude-relay)");
    }

    private static String image(Release release) {
        return RelayImages.shared().of(release);
    }

    private void assertUntouchedHere(Relay.Sight before) {
        assertThat(relay.sight()).isEqualTo(before);
        assertThat(here.isHealthy()).isTrue();
    }

    @Test
    void a_rollback_is_proven_there_and_what_was_saved_is_opened_here() throws IOException {
        there("echo '{\"a\": 1}' > data/accounts.json");
        deploy(Release.HEALTH_500);
        String before = there("cat docker-compose.yml");
        String redis = there("docker compose ps -q redis");
        var sight = relay.sight();

        Seat anna = relay.asks("compose claude-relay because 5xx");

        assertThat(anna.exitCode()).as(anna.text()).isZero();
        assertThat(anna.words())
                .contains("ssh:second", "read back and compared", "Redis by BGSAVE");
        assertThat(running()).isEqualTo(image(Release.GOOD));
        assertThat(there("cat docker-compose.yml")).contains(image(Release.GOOD));
        assertThat(there("docker compose ps -q redis")).isEqualTo(redis);
        assertUntouchedHere(sight);
        assertThat(relay.backups())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Files.readAllBytes(file)).startsWith(SEALED));
        Path open = relay.home().resolve("open");
        Seat opening = relay.seat();
        assertThat(opening.run("open", relay.lastRun().text(), open.toString()))
                .as(opening.text())
                .isZero();
        assertThat(Files.readString(open.resolve("docker-compose.yml")).strip()).isEqualTo(before);
        assertThat(open.resolve(".env")).hasSameBinaryContentAs(here.envFile());
        assertThat(open.resolve("data/accounts.json")).hasContent("{\"a\": 1}");
        assertThat(open.resolve("backout-redis/dump.rdb")).isNotEmptyFile();
        Seat status = relay.seat();
        assertThat(status.run("status")).as(status.text()).isZero();
        assertThat(status.words()).contains("on ssh:second");
    }

    @Test
    void init_finds_it_by_the_machines_that_are_described_before() throws IOException {
        Path home = Folders.make("newcomer");
        Path config = home.resolve("site");
        Files.createDirectories(config);
        Files.copy(relay.home().resolve("config/hosts.yml"), config.resolve("hosts.yml"));
        String described = Files.readString(config.resolve("hosts.yml"));
        Seat init = relay.seat().atTerminal().start("init", config.toString());

        assertThat(init.answer(question -> answered(question))).as(init.text()).isZero();
        assertThat(init.words())
                .contains(here.project() + "/claude-relay", "ssh:second)")
                .contains("compose/claude-relay on ssh:second is well");
        assertThat(Files.readString(config.resolve("targets.yml")))
                .contains("    host: ssh:second\n", "    from: host\n", "url: " + here.url())
                .contains("[BODY].components.redis.status == healthy within 60s");
        assertThat(config.resolve("hosts.yml")).hasContent(described);
        Folders.delete(home);
    }

    /** The project beside the bot is nobody's business. */
    private static String answered(String question) {
        if (question.startsWith("Shall chat be able")) {
            return question.contains("/claude-relay") && question.contains("ssh:second")
                    ? "y"
                    : "n";
        }
        return question.startsWith("Who are you") ? "li" : "";
    }

    @Test
    void what_became_worse_is_undone_there() {
        var sight = relay.sight();
        String before = there("cat docker-compose.yml");

        Seat anna = relay.asks("compose claude-relay to " + image(Release.HEALTH_500));

        assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
        assertThat(anna.words()).contains("The rollback was undone");
        assertThat(running()).isEqualTo(image(Release.GOOD_2));
        assertThat(there("cat docker-compose.yml")).isEqualTo(before);
        assertUntouchedHere(sight);
    }

    @Test
    void what_is_told_to_be_typed_brings_it_back_there_where_the_undo_failed() {
        String before = there("cat docker-compose.yml");
        // from now on compose takes away and brings nothing up
        there(
                """
                cat >/usr/local/bin/docker <<'END'
                #!/bin/sh
                case "$*" in
                *dry-run*) ;;
                *" up --detach "*)
                    docker ps -q --filter label=com.docker.compose.service=claude-relay |
                        xargs -r /usr/bin/docker rm -f
                    printf '\\033[2Jgone\\033]0;x\\007' >&2
                    exit 1
                    ;;
                esac
                exec /usr/bin/docker "$@"
                END
                chmod 755 /usr/local/bin/docker
                """);
        Seat anna = relay.asks("compose claude-relay because 5xx");

        assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
        assertThat(anna.words()).contains("the undo failed too");
        assertThat(anna.text()).doesNotContain("\u001b", "\u0007");
        there("rm /usr/local/bin/docker");
        List<String> told =
                anna.text()
                        .lines()
                        .dropWhile(line -> !line.startsWith("To be typed by hand"))
                        .skip(1)
                        .takeWhile(line -> line.startsWith("    "))
                        .map(String::strip)
                        .toList();
        assertThat(told).isNotEmpty().allMatch(line -> line.contains("ssh root@"));
        try (var shell = new PersonsShell(machine)) {
            told.forEach(line -> shell.type(withoutAge(line, before)));
        }
        assertThat(running()).isEqualTo(image(Release.GOOD_2));
        assertThat(there("cat docker-compose.yml")).isEqualTo(before);
        assertThat(here.isHealthy()).isTrue();
    }

    /** What age would open is the text of before. */
    private static String withoutAge(String line, String before) {
        return line.startsWith("age ")
                ? "printf '%s\\n' "
                        + Command.typed(List.of(before))
                        + line.substring(line.indexOf(" | "))
                : line;
    }

    @Test
    void a_line_that_is_cut_in_the_middle_of_the_switch_is_no_failure_and_nothing_is_done_twice() {
        // which takes as long to go as it is given
        deploy(Release.IGNORES_TERM);
        relay.target(TARGET + "\ndrain: 10s");
        var sight = relay.sight();
        String since = there("date +%s.%N");
        var cut = new CompletableFuture<Void>();
        Seat anna =
                runsAnd(event ->
                        whileComposeIsAtWork(
                                event, cut, () -> machine.sh("pkill -9 -f '[s]shd: root'")));

        assertThat(anna.exitCode()).as(anna.text()).isZero();
        assertThat(cut).as(() -> run().events().toString()).isCompleted();
        assertThat(running()).isEqualTo(image(Release.GOOD));
        assertThat(
                        there(
                                "docker events --since "
                                        + since
                                        + " --until $(date +%s.%N) --filter event=create --filter"
                                        + " label=com.docker.compose.service=claude-relay"))
                .hasLineCount(1);
        Run run = run();
        assertThat(run.events()).noneMatch(RunEvent.StepFailed.class::isInstance);
        assertThat(run.events().stream().filter(OtherHostTest::beginsUp)).hasSize(1);
        assertUntouchedHere(sight);
    }

    @Test
    void a_machine_that_restarts_in_the_middle_is_waited_for() {
        deploy(Release.IGNORES_TERM);
        relay.target(TARGET + "\ndrain: 10s");
        var sight = relay.sight();
        var restarted = new CompletableFuture<Void>();
        Seat anna = runsAnd(event -> whileComposeIsAtWork(event, restarted, machine::restart));

        assertThat(anna.exitCode()).as(anna.text()).isZero();
        assertThat(restarted).isCompleted();
        assertThat(running()).isEqualTo(image(Release.GOOD));
        assertThat(run().events().stream().filter(OtherHostTest::beginsUp)).hasSize(1);
        assertUntouchedHere(sight);
    }

    @Test
    void a_machine_that_shows_another_key_in_the_middle_is_told_and_not_touched() {
        deploy(Release.IGNORES_TERM);
        relay.target(TARGET + "\ndrain: 10s");
        var swapped = new CompletableFuture<Void>();
        Seat anna =
                runsAnd(event -> whileComposeIsAtWork(event, swapped, () -> machine.anotherKey()));

        Await.until("it is another one", swapped::isDone);
        anna.until("it is told", () -> anna.words().contains("the machine shows another key"));
        assertThat(anna.words()).contains("it is looked at again");
        assertThat(run().outcome()).isEmpty();
        machine.formerKey();

        assertThat(anna.exitCode()).as(anna.text()).isZero();
        assertThat(running()).isEqualTo(image(Release.GOOD));
        assertThat(run().events().stream().filter(OtherHostTest::beginsUp)).hasSize(1);
    }

    private Seat runsAnd(Consumer<RunEvent> happening) {
        return relay.seat()
                .journaled(journal -> new WatchedJournal(journal, happening))
                .start("run", "compose claude-relay because 5xx", "--as", "anna", "--yes");
    }

    private static void whileComposeIsAtWork(
            RunEvent event, CompletableFuture<Void> done, Runnable what) {
        if (beginsUp(event)) {
            done.completeAsync(
                    () -> {
                        machine.sh("until pgrep -f '[u]p --detach' >/dev/null; do sleep 0.1; done");
                        what.run();
                        return null;
                    },
                    work -> Thread.ofPlatform().daemon().start(work));
        }
    }

    private Run run() {
        try (var store = relay.store()) {
            return Run.of(store.journal().read(store.journal().recent(1).getFirst()));
        }
    }

    private static boolean beginsUp(RunEvent event) {
        return event instanceof RunEvent.StepBegan began && began.step() == 3;
    }
}
