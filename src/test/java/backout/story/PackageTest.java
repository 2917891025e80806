package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.fixture.BareImage;
import backout.fixture.Checkout;
import backout.fixture.Cli;
import backout.fixture.Engine;
import backout.fixture.Folders;
import backout.fixture.Needs;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What {@code bot/package} packs is unpacked and started where there is no Java. */
@Order(2)
class PackageTest {
    private static final Engine ENGINE = Engine.ofThisMachine();
    private static final String NAME =
            "backout-test-package-" + UUID.randomUUID().toString().substring(0, 8);
    private static final String LOADED = "BACKOUT_JAVA_OPTIONS=-Xlog:class+load:stdout";
    private static final String HOME = "/opt/backout-0.1.0";
    private static final String BACKOUT = HOME + "/bin/backout";

    @SuppressWarnings("NullAway.Init")
    private static Path work;

    @SuppressWarnings("NullAway.Init")
    private static BareImage image;

    @SuppressWarnings("NullAway.Init")
    private static Path archive;

    @SuppressWarnings("NullAway.Init")
    private static CompletableFuture<Path> again;

    @SuppressWarnings("NullAway.Init")
    private static Cli.Result first;

    @BeforeAll
    static void unpack() throws IOException {
        Needs.docker();
        Needs.program("busybox");
        work = Folders.make("package");
        again = CompletableFuture.supplyAsync(() -> pack("second", "077"));
        archive = pack("first", "022");
        image = new BareImage();
        ENGINE.docker(
                "run",
                "--detach",
                "--init",
                "--network=none",
                "--name=" + NAME,
                "--volume=" + archive + ":/archive.tar.gz:ro",
                image.name(),
                "sleep",
                "1000");
        in("mkdir", "/opt", "/srv");
        in("tar", "-xzf", "/archive.tar.gz", "-C", "/opt");
        first = attempt("env", "-u", "HOME", BACKOUT, "--version");
    }

    /** In a folder of its own, as somebody with this umask. */
    private static Path pack(String folder, String umask) {
        Path home = work.resolve(folder);
        try {
            Checkout.layOut(home);
            Files.writeString(home.resolve("target/lib/of-an-older-build-" + folder + ".jar"), "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        new Cli(
                        home,
                        Map.of(
                                "JAVA_HOME",
                                System.getProperty("java.home"),
                                "SOURCE_DATE_EPOCH",
                                "1700000000"))
                .run("bash", "-c", "umask " + umask + "; bot/package");
        try (Stream<Path> files = Files.list(home.resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void remove() {
        ENGINE.attempt("rm", "--force", NAME);
        Stream.of(again).filter(Objects::nonNull).forEach(CompletableFuture::join);
        Stream.of(image).filter(Objects::nonNull).forEach(BareImage::close);
        Stream.of(work).filter(Objects::nonNull).forEach(Folders::delete);
    }

    private static Cli.Result attempt(String... words) {
        return ENGINE.attempt(
                Stream.concat(Stream.of("exec", NAME), Stream.of(words)).toArray(String[]::new));
    }

    private static String in(String... words) {
        var result = attempt(words);
        assertThat(result.ok()).as(result.output() + result.complaint()).isTrue();
        return result.output();
    }

    private static void assertUsesCache(String... start) {
        assertThat(in(start).lines().filter(line -> line.matches(".* backout\\.Main .*")))
                .singleElement()
                .asString()
                .contains("shared objects file");
    }

    @Test
    void its_first_start_prepares_the_next_ones() {
        assertThat(attempt("bash", "-c", "command -v java mvn").ok()).isFalse();
        assertThat(first.output()).isEqualTo("backout 0.1.0\n");
        assertThat(first.complaint()).contains("prepares itself at its first start");

        assertThat(attempt(BACKOUT, "--version")).isEqualTo(new Cli.Result(0, first.output(), ""));
        assertUsesCache("env", LOADED, BACKOUT, "--version");
    }

    @Test
    void it_serves_and_ends_well_when_told_to() {
        assertThat(in(BACKOUT, "check")).contains("config is right");
        ENGINE.docker(
                "exec",
                "--detach",
                NAME,
                "bash",
                "-c",
                BACKOUT + " serve >/log 2>&1; echo $? >/code");
        Await.until("it is healthy", () -> attempt(HOME + "/bot/healthy").ok());
        assertThat(in(BACKOUT, "signin", "li")).startsWith("http://");
        in("bash", "-c", "kill $(pidof java)");
        Await.until("it ended", () -> attempt("test", "-s", "/code").ok());
        assertThat(in("cat", "/code", "/log"))
                .startsWith("0\n")
                .contains("cannot be looked at: docker");
    }

    @Test
    void it_may_be_moved_linked_and_read_only() {
        in("bash", "-c", "mkdir -p '/srv/an other' && cp -a " + HOME + "/. '/srv/an other'");
        in("ln", "-s", "/srv/an other/bin/backout", "/usr/bin/linked");
        String[] start = {"env", "HOME=/nowhere", LOADED, "linked", "--version"};
        assertUsesCache(start);
        assertThat(asNobody("linked", "check").output()).contains("config is right");
    }

    @Test
    void who_may_not_write_there_starts_it_all_the_same() {
        in(
                "bash",
                "-c",
                "cp -a " + HOME + " /read && rm /read/target/backout.aot /read/target/train.log");
        var start = asNobody("/read/bin/backout", "check");
        assertThat(start.complaint()).isEmpty();
        assertThat(start.output()).contains("config is right");
        assertThat(in("ls", "/read/target").split("\\s+"))
                .containsExactly("backout.jar", "build.lock", "lib");
    }

    private static Cli.Result asNobody(String... words) {
        var all =
                Stream.of(
                        List.of("exec", "--user=12345:12345", "--env=HOME=/nowhere", NAME),
                        List.of(words));
        return ENGINE.attempt(all.flatMap(List::stream).toArray(String[]::new));
    }

    @Test
    void the_same_source_gives_the_same_bytes() throws IOException {
        assertThat(Files.mismatch(archive, again.join())).isEqualTo(-1);
    }

    @Test
    void it_holds_what_a_user_needs_and_nothing_of_the_source() {
        List<String> files = Cli.here().run("tar", "-tf", archive.toString()).lines().toList();
        assertThat(files)
                .allMatch(file -> file.startsWith("backout-0.1.0/"))
                .contains(
                        "backout-0.1.0/LICENSE",
                        "backout-0.1.0/README.md",
                        "backout-0.1.0/bot/completion.sh",
                        "backout-0.1.0/bot/backout.service",
                        "backout-0.1.0/docs/image.md",
                        "backout-0.1.0/java/legal/java.base/LICENSE")
                .noneMatch(file -> file.matches(".*/(src/.*|pom\\.xml|bot/test|Dockerfile)"))
                .as("what Discord's library needs for voices alone")
                .noneMatch(file -> file.matches(".*/lib/(opus|tink).*"));
    }
}
