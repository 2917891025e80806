package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.executor.rebuild.RebuildExecutor;
import backout.fixture.Cli;
import backout.fixture.Folders;
import backout.host.Command;
import backout.host.Hosts;
import backout.host.Result;
import backout.host.Workplace;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What of the backups is missing, and machines on which nothing can or may be rebuilt. */
class RebuildRefusalTest {
    private static final String CONFIG = "c".repeat(64);
    private static final List<String> MACHINE =
            List.of(
                    "system Debian GNU/Linux 12",
                    "architecture x86_64",
                    "memory 4000000",
                    "packages apt-get",
                    "systemd yes");

    private final Path home = Folders.make("rebuild-refusal");
    private final InstantSource clock = InstantSource.system();
    private long free = 100L << 30;

    /** A machine that is as its file says, and otherwise this one. */
    private final class Told extends CalledFar {
        @Override
        public Result run(Command command) {
            boolean asksFacts =
                    command.argv().stream()
                            .anyMatch(word -> word.startsWith("# What a machine is"));
            return host().run(
                            asksFacts
                                    ? Command.of(
                                            command.timeout(),
                                            "cat",
                                            home.resolve("facts").toString())
                                    : command);
        }

        @Override
        public Space space(Path path) {
            return new Space(free, OptionalLong.empty());
        }
    }

    @BeforeEach
    void write() throws IOException {
        write(
                "config/backout.yml",
                "language: en\nstore: {dir: %s}\n".formatted(home.resolve("var")));
        write("config/people.yml", "people:\n  li: {level: L2}\n");
        write("config/approvals.yml", "policies:\n  open: {votes: 0}\n");
        write("config/hosts.yml", "hosts:\n  far: {address: far.test, user: root}\n");
        write(
                "image/manifest.json",
                "[{\"Config\":\"%s.json\",\"RepoTags\":[\"app:1\"]}]".formatted(CONFIG));
        write("image/%s.json".formatted(CONFIG), "{\"architecture\":\"amd64\"}");
        write("bundle/compose.yml", "services: {app: {image: 'app:1'}}\n");
        write("bundle/.env", "KEY=one\n");
        sh("cd bundle && sha256sum compose.yml .env >SHA256SUMS");
        facts("clock " + clock.instant().getEpochSecond());
        target("");
        sh("cp -r %s commands".formatted(Path.of("commands").toAbsolutePath()));
    }

    @AfterEach
    void remove() {
        Folders.delete(home);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }

    private String sh(String script) {
        return new Cli(home, Map.of()).run("sh", "-euc", script);
    }

    private void facts(String... more) throws IOException {
        write("facts", String.join("\n", MACHINE) + "\n" + String.join("\n", more) + "\n");
    }

    private void target(String more) throws IOException {
        sh("tar -C image -cf image.tar manifest.json " + CONFIG + ".json");
        write(
                "config/targets.yml",
                """
                targets:
                  rebuild/vidfab:
                    host: ssh:far
                    policy: open
                    folder: %s
                    project: backout-test-refused
                    service: app
                    image: app:1
                    image-file: %s
                    image-hash: %s
                    bundle: %s
                    url: http://far.test
                    %s
                """
                        .formatted(
                                home.resolve("srv"),
                                home.resolve("image.tar"),
                                sh("sha256sum image.tar").substring(0, 64),
                                home.resolve("bundle"),
                                more));
    }

    private String planned(int code) {
        return said(code, "plan", "rebuild vidfab");
    }

    private String said(int code, String... words) {
        var executor =
                RebuildExecutor.of(
                        new Workplace(
                                Hosts.of(List.of(new Told())),
                                "unix:///none",
                                home.resolve("var"),
                                clock,
                                System::nanoTime));
        var seat = new Seat(home, executor, clock);
        seat.run(words);
        assertThat(seat.exitCode()).as(seat.text()).isEqualTo(code);
        return seat.text().replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    echo more >>image.tar                    | the saved image is not the one that was kept
                    rm image.tar && rm -r bundle             | the saved image is not there
                    rm image.tar && rm -r bundle             | what the files are kept in is not there
                    rm bundle/SHA256SUMS                     | it has no SHA256SUMS
                    echo KEY=two >bundle/.env                | .env is not what SHA256SUMS says of it
                    rm bundle/.env                           | these files are not in it: .env
                    rm -r bundle && echo x >bundle           | key
                    sed -i s/app:1/app:2/ config/targets.yml | no image in it is named app:2
                    sed -i s/x86_64/aarch64/ facts           | the saved image is for amd64, that machine is arm64
                    sed -i s/apt-get// facts                 | neither apt-get nor dnf is there
                    echo docker silent >>facts               | there is a Docker engine, and it does not answer
                    echo docker podman >>facts               | what answers there by the name of docker is a podman
                    echo docker snap >>facts                 | what answers there by the name of docker is a snap
                    sed -i 's/^    url/    ports: [8080:80]\\n    url/' config/targets.yml | 8080:80 is no number of a port
                    echo container vidfab-web-1 >>facts      | has containers there already, and a rebuild removes none: vidfab-web-1
                    sed -i 's/clock .*/clock 1700000000/' facts | the clock there differs from the bot's
                    sed -i 's/^    url/    compose: a.yml\\n    url/' config/targets.yml | the compose file a.yml is not one of files
                    """)
    void it_is_refused(String done, String told) {
        sh(done);

        assertThat(planned(1)).contains(told);
    }

    private void kept(String compose, String env) throws IOException {
        write("bundle/compose.yml", compose);
        write("bundle/.env", env);
        sh("cd bundle && sha256sum compose.yml .env >SHA256SUMS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {app: {image: 'app:1', command: '${TOKEN:?no}'}}       | demands variables that the kept .env does not give: TOKEN
                    {app: {image: 'app:1', command: '${EMPTY?}'}}          | does not give: EMPTY
                    {web: {image: 'app:1'}}                                | compose.yml has no service app
                    {app: {image: 'app:2'}}                                | starts app with the image app:2, and saved is app:1
                    {app: {image: 'app:1', pull_policy: always}}           | though the saved image is there
                    {app: {image: 'app:1'}, worker: {build: .}}            | images are not in the saved file: worker
                    """)
    void what_its_files_ask_for_and_nobody_has_is_refused(String services, String told)
            throws IOException {
        kept("services: " + services + "\n", "KEY=secret-one-1\nEMPTY=\n");

        assertThat(planned(1)).contains(told).doesNotContain("secret-one-1");
    }

    @Test
    void what_its_files_ask_for_besides_is_told() throws IOException {
        kept(
                """
                # ${OLD:?} and a build: that is saved
                services:
                  app: {image: app:1, build: ., command: 'echo $${NOT:?} ${KEY:?}'}
                  cache: {image: redis:7}
                  other: {image: 'other:${KEY}'}
                  worker: {build: ., image: '${REGISTRY}/worker:${TAG}'}
                """,
                "KEY=secret-one-1\n");
        write("bundle/.env.example", "KEY=\n# MAIL=\nexport SMTP_HOST=localhost\n");

        assertThat(planned(0))
                .contains("these images are not in the saved file; they are pulled there: redis:7")
                .contains("the kept .env lacks what .env.example has: SMTP_HOST")
                .contains("whether they are in the saved file is unknown: other, worker")
                .doesNotContain("MAIL,")
                .doesNotContain("secret-one-1");
    }

    @Test
    void a_compose_file_that_cannot_be_read_is_unknown_not_well() throws IOException {
        kept("services: {app: [\n", "KEY=one\n");

        assertThat(planned(0)).contains("what compose.yml asks for is unknown: it breaks a rule");
    }

    @Test
    void a_name_without_a_tag_is_the_latest() {
        sh("sed -i s/app:1/app:latest/ image/manifest.json bundle/compose.yml");
        sh("sed -i 's/image: app:1/image: app/' config/targets.yml");
        sh("tar -C image -cf image.tar manifest.json %s.json".formatted(CONFIG));
        sh("cd bundle && sha256sum compose.yml .env >SHA256SUMS");
        sh(
                "sed -i \"s/image-hash: .*/image-hash: $(sha256sum image.tar | cut -c 1-64)/\""
                        + " config/*.yml");

        assertThat(planned(0)).contains("send the saved image app");
    }

    @Test
    void what_is_old_or_in_its_way_is_told() throws IOException {
        facts(
                "clock " + clock.instant().getEpochSecond(),
                "docker 20.10.24",
                "compose 1.29.2",
                "selinux enforcing");

        assertThat(planned(0))
                .contains("there is only compose 1.29.2")
                .contains("needs :z or :Z in the compose file");
    }

    @Test
    void room_is_looked_at_where_the_engine_keeps_its_images() throws IOException {
        facts(
                "clock " + clock.instant().getEpochSecond(),
                "docker 20.10.24",
                "compose 2.26.1",
                "data /data/docker");
        free = 0;

        assertThat(planned(1)).contains("free below /data/docker").contains("free below /var/lib,");
    }

    @Test
    void a_disk_without_room_and_a_taken_port_are_told_together() throws IOException {
        try (var taken = new ServerSocket(0)) {
            target("ports: [\"%d\"]".formatted(taken.getLocalPort()));
            free = 1 << 20;

            assertThat(planned(1))
                    .contains("only 1.0 MB free below /var/lib")
                    .contains("port " + taken.getLocalPort() + " is taken by something else");
        }
    }

    @Test
    void what_is_there_stays_and_is_told() throws IOException {
        facts(
                "clock " + clock.instant().getEpochSecond(),
                "volume vidfab_data",
                "file %s .env".formatted("0".repeat(64)));

        assertThat(planned(0))
                .contains("install Docker and compose on ssh:far")
                .contains("stay beside the new ones as NAME.before-…: .env")
                .contains("volumes are there already and are used as they are: vidfab_data")
                .doesNotContain("KEY=one");
    }

    @Test
    void the_doctor_tells_what_is_missing_while_nobody_needs_it() {
        assertThat(said(4, "doctor")).contains("the saved image and the files are whole");

        sh("rm image.tar bundle/.env");

        assertThat(said(1, "doctor"))
                .contains("the saved image is not there")
                .contains("these files are not in it: .env");
    }
}
