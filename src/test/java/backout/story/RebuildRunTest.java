package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.KilledMain;
import backout.Seat;
import backout.executor.rebuild.RebuildExecutor;
import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.Folders;
import backout.fixture.Needs;
import backout.host.Command;
import backout.host.Hosts;
import backout.host.Result;
import backout.host.Workplace;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Run;
import backout.run.RunEvent;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whole runs on a machine that has an engine and nothing of the project. */
class RebuildRunTest {
    private static Path busybox;

    private final Path home = Folders.make("rebuild-run");
    private final InstantSource clock = InstantSource.system();
    private final String project = "backout-test-rr" + UUID.randomUUID().toString().substring(0, 8);
    private final String image = project + ":1";

    /** This machine, with the jobs' folder where no other test has its own. */
    private final class Far extends CalledFar {
        @Override
        public Result run(Command command) {
            List<String> argv =
                    command.argv().stream()
                            .map(word ->
                                    word.replaceFirst(
                                            "^/var/lib/backout", home.resolve("jobs").toString()))
                            .toList();
            return host().run(Command.of(command.timeout(), argv).feeding(command.stdin()));
        }
    }

    @BeforeAll
    static void needs() {
        Needs.compose();
        busybox = Needs.program("busybox");
    }

    @BeforeEach
    void write() throws IOException {
        write(
                "config/backout.yml",
                "language: en\nstore: {dir: %s}\n".formatted(home.resolve("var")));
        write("config/people.yml", "people:\n  li: {level: L2}\n");
        write("config/approvals.yml", "policies:\n  open: {votes: 0}\n");
        write("config/hosts.yml", "hosts:\n  far: {address: far.test, user: root}\n");
        sh("cp -r %s commands".formatted(Path.of("commands").toAbsolutePath()));
        sh("sed -i 's/within 2m/within 5s/; /should:/d' commands/rebuild.yml");
        Path root = home.resolve("root");
        Files.createDirectories(root.resolve("bin"));
        Files.copy(busybox, root.resolve("bin/busybox"));
        write("root/www/index.html", "well");
        sh("tar -C root -c . | docker import - " + image);
        sh("docker save --output image.tar %s && docker image rm %s".formatted(image, image));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }

    private String sh(String script) {
        return new Cli(home, Map.of()).run("sh", "-euc", script);
    }

    /**
     * @param www what is served, of which only /www is there
     */
    private void target(String www) throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        write(
                "bundle/compose.yml",
                """
                services:
                  app:
                    build: .
                    image: %s
                    command: [/bin/busybox, httpd, -f, -p, "80", -h, %s]
                    stop_signal: KILL
                    ports: ["127.0.0.1:%d:80"]
                    volumes: ["data:/data"]
                volumes: {data: {}}
                """
                        .formatted(image, www, port));
        write("bundle/.env", "KEY=secret-one-1\n");
        sh("cd bundle && sha256sum compose.yml .env >SHA256SUMS");
        write(
                "config/targets.yml",
                """
                targets:
                  rebuild/vidfab:
                    host: ssh:far
                    policy: open
                    good-after: 1s
                    soak: 0s
                    folder: %s
                    project: %s
                    service: app
                    image: %s
                    image-file: %s
                    image-hash: %s
                    bundle: %s
                    ports: ["%d"]
                    url: http://127.0.0.1:%d
                """
                        .formatted(
                                home.resolve("srv"),
                                project,
                                image,
                                home.resolve("image.tar"),
                                sh("sha256sum image.tar").substring(0, 64),
                                home.resolve("bundle"),
                                port,
                                port));
    }

    @AfterEach
    void remove() {
        if (Files.exists(home.resolve("bundle/compose.yml"))) {
            new Cli(home.resolve("bundle"), Map.of())
                    .attempt("docker", "compose", "-p", project, "down", "-t", "0", "--volumes");
        }
        Cli.here().attempt("docker", "image", "rm", image);
        Folders.delete(home);
    }

    private Seat seat() {
        var place =
                new Workplace(
                        Hosts.of(List.of(new Far())),
                        "unix:///none",
                        home.resolve("var"),
                        clock,
                        System::nanoTime);
        return new Seat(home, RebuildExecutor.of(place), clock);
    }

    private String mine(String what) {
        return sh(
                "docker %s --quiet --filter label=com.docker.compose.project=%s"
                        .formatted(what, project));
    }

    private Run run() {
        try (var store = SqlStore.open(home.resolve("var"), clock)) {
            return Run.of(store.journal().read(store.journal().recent(1).getFirst()));
        }
    }

    private List<TargetEvent> told() {
        try (var store = SqlStore.open(home.resolve("var"), clock)) {
            return store.journal().read(TargetName.of("rebuild/vidfab"));
        }
    }

    @Test
    void what_does_not_serve_is_taken_away_again_and_its_volume_stays() throws IOException {
        target("/nowhere");
        sh("touch -d 2026-01-02T03:04Z image.tar; touch -d 2026-02-03T04:05Z bundle/SHA256SUMS");
        var seat = seat();
        seat.start("run", "rebuild vidfab because gone", "--as", "li", "--yes");
        seat.until("run ");
        seat.until(
                "it asks",
                () -> run().events().stream().anyMatch(RunEvent.Asked.class::isInstance));

        assertThat(seat().run("run", "undo %s".formatted(run().id()), "--as", "li")).isZero();

        assertThat(seat.exitCode()).as(seat.text()).isNotZero();
        assertThat(seat.words())
                .contains("its volumes stay")
                .contains("the image 2026-01-02 03:04 +00:00, the files 2026-02-03 04:05 +00:00")
                .doesNotContain("secret-one-1");
        assertThat(mine("ps --all")).isEmpty();
        assertThat(mine("network ls")).isEmpty();
        assertThat(mine("volume ls")).isNotEmpty();
        assertThat(home.resolve("srv")).doesNotExist();
        assertThat(home.resolve("jobs")).doesNotExist();
    }

    @Test
    void a_bot_that_dies_between_intent_and_outcome_of_each_step_ends_it_once() throws IOException {
        target("/www");
        dies("StepBegan/FORWARD 0", "run", "rebuild vidfab because gone", "--as", "li", "--yes");
        dies("StepBegan/FORWARD 1", "serve");
        dies("StepBegan/FORWARD 2", "serve");
        dies("StepDone/FORWARD 2", "serve");

        Seat last = seat().start("serve");
        last.until("it is over", () -> run().outcome().isPresent());
        last.interrupt();

        assertThat(run().proven()).as(last.text()).isPresent();
        assertThat(told()).doesNotHaveAnyElementsOfTypes(TargetEvent.MarkedBad.class);
        assertThat(mine("ps").lines()).hasSize(1);
        assertThat(run().events().stream().filter(RunEvent.StepFailed.class::isInstance)).isEmpty();
        assertThat(home.resolve("jobs")).doesNotExist();
    }

    private void dies(String place, String... words) {
        var died = new AtomicBoolean();
        Seat seat =
                seat().journaled(journal ->
                                WatchedJournal.dyingAfter(
                                        event -> {
                                            boolean is = place.equals(place(event));
                                            died.compareAndSet(false, is);
                                            return is;
                                        },
                                        journal))
                        .start(words);
        Await.until("it died at " + place, died::get);
        seat.interrupt();
    }

    private static String place(RunEvent event) {
        return switch (event) {
            case RunEvent.StepBegan began -> KilledMain.kind(event) + " " + began.step();
            case RunEvent.StepDone done -> KilledMain.kind(event) + " " + done.step();
            default -> "";
        };
    }
}
