package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Cli;
import backout.host.Host;
import backout.plan.Release;
import backout.problem.ProblemException;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What git is asked about a project, and that nothing of the project's git is ever started. */
final class GitLookTest {
    private static final Host HOST = Host.local();
    private static final String COMPOSE = "services: {web: {image: \"app:1\"}}\n";

    @TempDir Path temp;
    private Path folder;
    private Path ran;
    private Cli cli;

    @BeforeEach
    void repository() throws IOException {
        folder = Files.createDirectory(temp.resolve("shop"));
        ran = temp.resolve("ran");
        cli =
                new Cli(
                        folder,
                        Map.of(
                                "GIT_CONFIG_NOSYSTEM", "1",
                                "GIT_CONFIG_GLOBAL", "/dev/null",
                                "GIT_AUTHOR_NAME", "anna",
                                "GIT_AUTHOR_EMAIL", "anna@example.com",
                                "GIT_COMMITTER_NAME", "anna",
                                "GIT_COMMITTER_EMAIL", "anna@example.com"));
        cli.run("git", "init", "--quiet", "--initial-branch=main");
        write("compose.yml", COMPOSE);
        write(".env", "A=1\n");
        commit();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void commit() {
        cli.run("git", "add", "compose.yml", ".env");
        cli.run("git", "commit", "--quiet", "--message", "as it is");
    }

    private Project project() {
        return project(folder);
    }

    private static Project project(Path at) {
        return new Project(
                "shop", "web", at, List.of(at.resolve("compose.yml")), List.of(), List.of());
    }

    private static ProjectFiles files() {
        return new ProjectFiles(HOST, new ComposeCli(HOST, "unix:///nowhere.sock"));
    }

    private static List<String> changed(Project project) {
        return new GitLook(HOST, files()).differing(project).changed();
    }

    private static List<String> unknown(Project project) {
        return new GitLook(HOST, files()).differing(project).unknown();
    }

    private static Release release(String image) {
        return new Release(
                "sha256:" + "0".repeat(64),
                image,
                image.substring(image.indexOf(':') + 1),
                "",
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                null);
    }

    private static String commitOf(Project project, String image) {
        return new GitFiles(HOST, files()).commitOf(project, release(image));
    }

    /** A program that leaves a trace, as a line of configuration names it. */
    private String trap() throws IOException {
        Path program = temp.resolve("trap");
        Files.writeString(program, "#!/bin/sh\ntouch " + ran + "\ncat\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[core]\nfsmonitor = TRAP\n",
                "[core]\nfsmonitor = TRAP\nfsmonitorHookVersion = 2\n",
                "[filter \"x\"]\nclean = TRAP\nsmudge = TRAP\nprocess = TRAP\nrequired = true\n",
                "[log]\nshowSignature = true\n[gpg]\nprogram = TRAP\n",
                "[gpg]\nprogram = TRAP\nformat = ssh\n[gpg \"ssh\"]\nprogram = TRAP\n",
                "[core]\npager = TRAP\n[pager]\nlog = TRAP\nshow = TRAP\nrev-list = TRAP\n",
                "[diff]\nexternal = TRAP\n",
                "[diff \"x\"]\ntextconv = TRAP\ncommand = TRAP\n",
                "[alias]\nls-tree = !TRAP\nrev-list = !TRAP\ncat-file = !TRAP\nlog = !TRAP\n",
                "[include]\npath = more\n",
                "[includeIf \"gitdir:**\"]\npath = more\n",
                "[core]\nworktree = /\nhooksPath = TRAPS\n",
                "[core]\nsshCommand = TRAP\ngitProxy = TRAP\naskPass = TRAP\neditor = TRAP\n",
                """
                [core]
                repositoryFormatVersion = 1
                [extensions]
                partialClone = origin
                [remote "origin"]
                url = ext::TRAP
                promisor = true
                uploadpack = TRAP
                [protocol]
                allow = always
                [credential]
                helper = TRAP
                """,
                "[core]\nrepositoryFormatVersion = 7\n",
                "no configuration at all ["
            })
    void no_program_that_its_configuration_names_is_started(String lines) throws IOException {
        write(".gitattributes", "* filter=x diff=x ident\n");
        Path git = folder.resolve(".git");
        Files.writeString(git.resolve("info/attributes"), "* filter=x diff=x\n");
        for (String hook : List.of("post-index-change", "fsmonitor-watchman", "pre-auto-gc")) {
            Files.copy(Path.of(trap()), git.resolve("hooks/" + hook));
        }
        Files.writeString(git.resolve("more"), "[core]\nfsmonitor = " + trap() + "\n");
        Files.writeString(
                git.resolve("config"),
                lines.replace("TRAPS", git.resolve("hooks").toString()).replace("TRAP", trap()),
                StandardOpenOption.APPEND);
        write("compose.yml", COMPOSE + "# changed\n");

        assertThat(changed(project())).isEmpty();
        assertThat(unknown(project())).containsExactly("compose.yml");
        assertThatThrownBy(() -> commitOf(project(), "app:1"))
                .hasMessageContaining("a filter of git stands between the commits and");

        assertThat(ran).doesNotExist();
    }

    @Test
    void such_a_program_would_be_started_by_git_itself() throws IOException {
        Files.writeString(
                folder.resolve(".git/config"),
                "[core]\nfsmonitor = " + trap() + "\n",
                StandardOpenOption.APPEND);
        cli.run("git", "status", "--porcelain");
        assertThat(ran).exists();
    }

    @Test
    void a_file_that_is_as_it_was_committed_is_not_changed() throws IOException {
        assertThat(changed(project())).isEmpty();
        write("compose.yml", COMPOSE.replace("\n", "\r\n"));
        assertThat(changed(project())).isEmpty();
        write("compose.yml", COMPOSE.replace("app:1", "app:2"));
        write("new.yml", "services: {}\n");
        assertThat(changed(project())).containsExactly("compose.yml");
    }

    /** As git-crypt and LFS do it: another content is committed than is checked out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".gitattributes|.env filter=secret",
                ".git/info/attributes|.env filter=secret",
                ".gitattributes|[attr]locked filter=secret diff=secret\n.env locked",
                ".gitattributes|.env working-tree-encoding=UTF-16LE",
                ".gitattributes|.env ident",
            })
    void of_a_file_behind_a_filter_nobody_can_tell(String attributes) throws IOException {
        String[] parts = attributes.split("\\|");
        Files.createDirectories(folder.resolve(parts[0]).getParent());
        write(parts[0], parts[1] + "\n");
        write(".env", "A=plain\n");
        write("compose.yml", COMPOSE + "# changed\n");

        assertThat(changed(project())).containsExactly("compose.yml");
        assertThat(unknown(project())).containsExactly(".env");
        write(".env", "A=1\n");
        assertThat(unknown(project())).isEmpty();
    }

    @Test
    void what_was_committed_through_a_filter_is_not_written_into_the_folder() throws IOException {
        write(".gitattributes", ".env filter=secret\n");
        String head = cli.run("git", "rev-parse", "HEAD").strip();

        assertThatThrownBy(() -> new GitFiles(HOST, files()).files(project(), head))
                .hasMessageContaining("a filter of git stands between the commits and")
                .hasMessageContaining(".env");
    }

    @Test
    void attributes_that_are_a_pipe_keep_nobody_waiting() throws IOException {
        cli.run("mkfifo", folder.resolve(".gitattributes").toString());
        write(".env", "A=2\n");
        assertThatThrownBy(() -> changed(project())).hasMessageContaining("is a pipe");
    }

    @Test
    void packed_objects_and_branches_are_read_as_well() throws IOException {
        cli.run("git", "gc", "--quiet");
        assertThat(folder.resolve(".git/refs/heads/main")).doesNotExist();
        assertThat(changed(project())).isEmpty();
        write("compose.yml", COMPOSE + "\n");
        assertThat(changed(project())).containsExactly("compose.yml");
    }

    @Test
    void a_worktree_a_folder_below_and_a_link_to_it_are_found() throws IOException {
        cli.run("git", "worktree", "add", "--quiet", "--detach", "../tree");
        assertThat(changed(project(temp.resolve("tree")))).isEmpty();
        Files.writeString(temp.resolve("tree/compose.yml"), COMPOSE + "\n");
        assertThat(changed(project(temp.resolve("tree")))).containsExactly("compose.yml");

        Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
        write(".env", "A=2\n");
        assertThat(changed(project(link))).containsExactly(".env");
    }

    @Test
    void a_repository_with_other_hashes_is_read() throws IOException {
        Files.move(folder.resolve(".git"), temp.resolve("old.git"));
        cli.run("git", "init", "--quiet", "--object-format=sha256");
        commit();
        assertThat(changed(project())).isEmpty();
        write("compose.yml", COMPOSE + "\n");
        assertThat(changed(project())).containsExactly("compose.yml");
    }

    @Test
    void no_repository_and_one_without_a_commit_know_nothing() throws IOException {
        Path plain = Files.createDirectory(temp.resolve("plain"));
        Files.writeString(plain.resolve("compose.yml"), COMPOSE);
        assertThat(changed(project(plain))).isEmpty();
        new Cli(plain, Map.of()).run("git", "init", "--quiet");
        assertThat(changed(project(plain))).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_not_taken_for_unchanged() throws IOException {
        Path head = folder.resolve(".git/HEAD");
        for (String said :
                List.of("", "--output=x", "ref: refs/heads/../../x", "ref: refs/heads/.invalid")) {
            Files.writeString(head, said);
            assertUnread();
        }
        Files.writeString(head, "f".repeat(40));
        assertUnread();
        Files.delete(head);
        cli.run("mkfifo", head.toString());
        assertThatThrownBy(() -> changed(project())).hasMessageContaining("is a pipe");
    }

    private void assertUnread() {
        assertThatThrownBy(() -> changed(project()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void the_files_of_a_release_come_from_the_commit_that_ran_it() throws IOException {
        String first = cli.run("git", "rev-parse", "HEAD").strip();
        write("compose.yml", COMPOSE.replace("app:1", "app:2"));
        write(".env", "A=2\n");
        commit();

        assertThat(commitOf(project(), "app:1")).isEqualTo(first);
        assertThat(new GitFiles(HOST, files()).files(project(), first))
                .hasEntrySatisfying(
                        folder.resolve("compose.yml"),
                        bytes -> assertThat(bytes).asString().isEqualTo(COMPOSE))
                .hasEntrySatisfying(
                        folder.resolve(".env"),
                        bytes -> assertThat(bytes).asString().isEqualTo("A=1\n"));
    }
}
