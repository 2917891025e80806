package backout;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * {@code bot/backout} in folders of its own, with a jar that prints its arguments and a Maven that
 * counts its calls.
 */
class LauncherTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private Path home;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(temporary.resolve("a home"));
        Files.createDirectories(home.resolve("bot"));
        Files.createDirectories(home.resolve("target"));
        for (var name : new String[] {"backout", "jdk", "means"}) {
            Files.copy(Path.of("bot", name), home.resolve("bot").resolve(name));
        }
        writeJar(home.resolve("jar"));
        script(
                temporary.resolve("mvn"),
                "echo called >>'%s'; cp '%s' '%s'".formatted(calls(), home.resolve("jar"), jar()));
    }

    @Test
    void an_installed_jar_is_started_from_any_folder_and_through_a_symlink() throws IOException {
        Files.copy(home.resolve("jar"), jar());
        var link = Files.createSymbolicLink(temporary.resolve("link"), home.resolve("bot/backout"));

        assertThat(start(link, "run", "compose a because \"x\" $HOME").output())
                .isEqualTo("[run, compose a because \"x\" $HOME]\n");
        assertThat(calls()).doesNotExist();
    }

    @Test
    void source_without_a_jar_is_built_once_and_says_so_in_one_line() throws IOException {
        writeSource();

        var first = start(home.resolve("bot/backout"), "a");
        var second = start(home.resolve("bot/backout"), "b");

        assertThat(first.output()).isEqualTo("[a]\n");
        assertThat(first.complaint())
                .matches("Building Backout before its first start: a minute or two, .*\n");
        assertThat(second).isEqualTo(new Cli.Result(0, "[b]\n", ""));
        assertThat(calls()).hasContent("called");
    }

    @Test
    void newer_source_is_built_again() throws IOException {
        writeSource();
        start(home.resolve("bot/backout"));

        Files.setLastModifiedTime(
                home.resolve("src/main/A.java"), FileTime.from(Instant.now().plusSeconds(5)));
        var again = start(home.resolve("bot/backout"));

        assertThat(again.complaint())
                .isEqualTo("Building Backout anew, for its source has changed: about a minute.\n");
        assertThat(calls()).hasContent("called\ncalled");
    }

    @Test
    void two_first_starts_build_once() throws IOException {
        writeSource();
        var starts = new CompletableFuture<?>[2];
        for (var i = 0; i < starts.length; i++) {
            starts[i] =
                    CompletableFuture.supplyAsync(() -> start(home.resolve("bot/backout"), "x"))
                            .thenAccept(result -> assertThat(result.output()).isEqualTo("[x]\n"));
        }
        CompletableFuture.allOf(starts).join();

        assertThat(calls()).hasContent("called");
    }

    @Test
    void who_finds_another_start_building_says_so_and_waits() throws IOException {
        writeSource();
        script(
                temporary.resolve("flock"),
                "[ $1 = -n ] && exit 1; cp '%s' '%s'".formatted(home.resolve("jar"), jar()));

        var waited = start(home.resolve("bot/backout"), "x");

        assertThat(waited.output()).isEqualTo("[x]\n");
        assertThat(waited.complaint()).matches("Another start builds Backout; waiting .*\n");
        assertThat(calls()).doesNotExist();
    }

    @Test
    void a_failed_build_is_shown_and_nothing_is_started() throws IOException {
        writeSource();
        script(temporary.resolve("mvn"), "echo 'A.java: cannot find symbol'; exit 1");

        var result = start(home.resolve("bot/backout"));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.output()).isEmpty();
        assertThat(result.complaint()).contains("A.java: cannot find symbol", "could not be built");
    }

    @Test
    void neither_jar_nor_source_says_what_to_do() {
        var result = start(home.resolve("bot/backout"));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.complaint()).contains("install Backout again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-install", "--help"})
    void a_demo_that_may_install_nothing_installs_nothing(String option) throws IOException {
        Files.copy(home.resolve("jar"), jar());
        forbidInstalling();

        assertThat(start(home.resolve("bot/backout"), "demo", option))
                .isEqualTo(new Cli.Result(0, "[demo, " + option + "]\n", ""));
        assertThat(calls()).doesNotExist();
    }

    @Test
    void only_a_demo_installs() throws IOException {
        Files.copy(home.resolve("jar"), jar());
        forbidInstalling();

        assertThat(start(home.resolve("bot/backout"), "status", "demo").ok()).isTrue();
        assertThat(calls()).doesNotExist();
    }

    @Test
    void what_was_packed_takes_its_own_java_and_prepares_itself_once() throws IOException {
        packed("exit 0");

        var first = start(home.resolve("bot/backout"), "a");
        var second = start(home.resolve("bot/backout"), "b");

        assertThat(first.output()).isEqualTo("own cached a\n");
        assertThat(first.complaint()).matches("Backout prepares itself at its first start: .*\n");
        assertThat(second).isEqualTo(new Cli.Result(0, "own cached b\n", ""));
        assertThat(Files.getPosixFilePermissions(home.resolve("target/backout.aot")))
                .contains(PosixFilePermission.OTHERS_READ);
    }

    @Test
    void what_cannot_be_prepared_starts_and_is_not_tried_again() throws IOException {
        packed("exit 1");

        assertThat(start(home.resolve("bot/backout"), "a").output()).isEqualTo("own a\n");
        assertThat(start(home.resolve("bot/backout"), "b"))
                .isEqualTo(new Cli.Result(0, "own b\n", ""));
        assertThat(home.resolve("target/train.log")).hasContent("trains");
    }

    @Test
    void a_preparation_that_is_interrupted_ends_it_and_is_tried_again() throws IOException {
        packed("exit 130");

        var cut = start(home.resolve("bot/backout"), "a");

        assertThat(cut.exit()).isEqualTo(130);
        assertThat(cut.output()).isEmpty();
        assertThat(start(home.resolve("bot/backout"), "b").complaint()).contains("prepares itself");
    }

    @Test
    void who_finds_another_start_preparing_does_not_wait() throws IOException {
        packed("exit 0");
        script(temporary.resolve("flock"), "exit 1");

        assertThat(start(home.resolve("bot/backout"), "a"))
                .isEqualTo(new Cli.Result(0, "own a\n", ""));
    }

    @Test
    void the_tab_key_builds_and_prepares_nothing() throws IOException {
        packed("exit 0");
        writeSource();
        Files.setLastModifiedTime(
                home.resolve("src/main/A.java"), FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(start(home.resolve("bot/backout"), "completion", "targets"))
                .isEqualTo(new Cli.Result(0, "own completion targets\n", ""));
        assertThat(calls()).doesNotExist();
    }

    @Test
    void a_java_is_found_without_a_home_folder() {
        var found =
                Cli.here()
                        .attempt(
                                "env",
                                "-u",
                                "HOME",
                                "JAVA_HOME=" + System.getProperty("java.home"),
                                home.resolve("bot/jdk").toString(),
                                "--build");
        assertThat(found).isEqualTo(new Cli.Result(0, System.getProperty("java.home") + "\n", ""));
    }

    @Test
    void no_java_without_a_home_folder_is_told_as_with_one() {
        var none =
                Cli.here()
                        .attempt(
                                "env",
                                "-u",
                                "HOME",
                                "JAVA_HOME=/none",
                                "PATH=/usr/bin:/bin",
                                home.resolve("bot/jdk").toString());
        assertThat(none.complaint()).doesNotContain("unbound");
    }

    /** A Java lies beside it that says what it is told; training ends as said here. */
    private void packed(String training) throws IOException {
        Files.copy(home.resolve("jar"), jar());
        Files.setLastModifiedTime(jar(), FileTime.from(Instant.EPOCH));
        Files.createDirectories(home.resolve("java/bin"));
        Files.writeString(home.resolve("java/release"), "JAVA_VERSION=\"25\"\n");
        script(
                home.resolve("java/bin/java"),
                """
                cached=
                for word; do
                    case $word in
                        -XX:AOTCacheOutput=*) echo trains; umask 077; >"${word#*=}"; %s ;;
                        -XX:AOTCache=*) cached='cached ' ;;
                    esac
                done
                while [ "$1" != -jar ]; do shift; done
                shift 2
                echo "own $cached$*"
                """
                        .formatted(training));
    }

    /** No Docker engine answers, and whoever wants to get one is written down. */
    private void forbidInstalling() throws IOException {
        script(temporary.resolve("docker"), "exit 1");
        for (var name : new String[] {"apt-get", "dockerd"}) {
            script(temporary.resolve(name), "echo " + name + " >>'" + calls() + "'; exit 1");
        }
    }

    private Cli.Result start(Path program, String... arguments) {
        var words = new String[arguments.length + 1];
        words[0] = program.toString();
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        var path = temporary + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return new Cli(
                        temporary,
                        Map.of("PATH", path, "JAVA_HOME", System.getProperty("java.home")))
                .attempt(words);
    }

    private Path jar() {
        return home.resolve("target/backout.jar");
    }

    private Path calls() {
        return temporary.resolve("calls");
    }

    private void writeSource() throws IOException {
        Files.createDirectories(home.resolve("src/main"));
        Files.writeString(home.resolve("src/main/A.java"), "");
        Files.writeString(home.resolve("pom.xml"), "");
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void writeJar(Path file) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "backout.fixture.Echo");
        var entry = "backout/fixture/Echo.class";
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream type = LauncherTest.class.getResourceAsStream("/" + entry)) {
            jar.putNextEntry(new JarEntry(entry));
            Objects.requireNonNull(type, entry).transferTo(jar);
            jar.closeEntry();
        }
    }
}
