package backout.executor.source;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Cli;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.TargetName;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** What somebody types to save what is not committed: it starts nothing that the checkout names. */
final class SourceDataTest {
    @TempDir Path temp;
    private Path checkout;
    private Path saved;
    private Path ran;
    private Cli git;
    private String commit = "";

    @BeforeEach
    void repository() throws IOException {
        checkout = Files.createDirectory(temp.resolve("it's shop"));
        saved = Files.createDirectory(temp.resolve("saved"));
        ran = temp.resolve("ran");
        git =
                new Cli(
                        checkout,
                        Map.of(
                                "GIT_CONFIG_NOSYSTEM", "1",
                                "GIT_CONFIG_GLOBAL", "/dev/null",
                                "GIT_AUTHOR_NAME", "anna",
                                "GIT_AUTHOR_EMAIL", "anna@example.com",
                                "GIT_COMMITTER_NAME", "anna",
                                "GIT_COMMITTER_EMAIL", "anna@example.com"));
        git.run("git", "init", "--quiet");
        Files.writeString(checkout.resolve("app.js"), "one\n");
        Files.write(checkout.resolve("logo"), new byte[] {0, 1, 2});
        git.run("git", "add", ".");
        git.run("git", "commit", "--quiet", "--message", "as it is");
        commit = git.run("git", "rev-parse", "HEAD");
        Files.writeString(checkout.resolve("app.js"), "two\n");
        Files.write(checkout.resolve("logo"), new byte[] {0, 3});
    }

    private Cli.Result typed() throws IOException {
        var step =
                new Step(
                        "backup",
                        new TargetName("source", "shop"),
                        Step.Phase.PREPARE,
                        commit,
                        commit,
                        Map.of("current", checkout.toString()),
                        Phrase.of("save it"));
        List<String> lines = new SourceData(Host.local()).typed(step);
        Path script =
                Files.writeString(
                        temp.resolve("script"),
                        "stop() { echo \"stopped: $1\"; exit 1; }\nsaved="
                                + saved
                                + "\n"
                                + String.join("\n", lines)
                                + "\n");
        return new Cli(temp, Map.of("TMPDIR", temp.toString())).attempt("sh", script.toString());
    }

    private String trap() throws IOException {
        Path program = temp.resolve("trap");
        Files.writeString(program, "#!/bin/sh\ntouch " + ran + "\ncat\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program.toString();
    }

    private void configure(String lines) throws IOException {
        Files.writeString(
                checkout.resolve(".git/config"),
                lines.replace("TRAP", trap()),
                StandardOpenOption.APPEND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[core]\nfsmonitor = TRAP\n",
                "[filter \"x\"]\nclean = TRAP\nsmudge = TRAP\nprocess = TRAP\nrequired = true\n",
                "[diff]\nexternal = TRAP\n",
                "[diff \"x\"]\ntextconv = TRAP\ncommand = TRAP\n",
                "[core]\npager = TRAP\n[pager]\ndiff-files = TRAP\n",
                "[alias]\ndiff-files = !TRAP\nread-tree = !TRAP\n",
                "[include]\npath = more\n",
                "[core]\nworktree = /\n",
                "no configuration at all ["
            })
    void no_program_that_the_checkout_names_is_started(String lines) throws IOException {
        Files.writeString(checkout.resolve(".git/info/attributes"), "* filter=x diff=x\n");
        Files.writeString(checkout.resolve(".gitattributes"), "* filter=x diff=x\n");
        Files.writeString(checkout.resolve(".git/more"), "[core]\nfsmonitor = " + trap() + "\n");
        for (String hook : List.of("post-index-change", "fsmonitor-watchman")) {
            Files.copy(Path.of(trap()), checkout.resolve(".git/hooks/" + hook));
        }
        byte[] index = Files.readAllBytes(checkout.resolve(".git/index"));
        configure(lines);

        Cli.Result done = typed();

        assertThat(done.ok()).as(done.output() + done.complaint()).isTrue();
        assertThat(ran).doesNotExist();
        assertThat(checkout.resolve(".git/index")).hasBinaryContent(index);
        assertThat(saved.resolve("uncommitted.patch")).content().contains("+two");
    }

    @Test
    void such_a_program_would_be_started_by_a_plain_diff() throws IOException {
        configure("[core]\nfsmonitor = TRAP\n");
        git.run("git", "diff", "--binary", "--no-ext-diff", "HEAD");
        assertThat(ran).exists();
    }

    @Test
    void what_it_saves_makes_the_checkout_again() throws IOException {
        assertThat(typed().output()).isEmpty();

        Path again = temp.resolve("again");
        git.run("git", "clone", "--quiet", checkout.toString(), again.toString());
        var there = new Cli(again, Map.of());
        there.run(
                "git",
                "checkout",
                "--quiet",
                Files.readString(saved.resolve("commit.txt")).strip());
        there.run("git", "apply", saved.resolve("uncommitted.patch").toString());
        assertThat(again.resolve("app.js")).hasContent("two");
        assertThat(again.resolve("logo")).hasBinaryContent(new byte[] {0, 3});
        assertThat(temp.toFile().list()).hasSize(4);
    }
}
