package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Release;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.nio.file.Path;
import java.util.Map;

/** What nothing can be made of is said before anything stops; one fixture for all. */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SourceInputTest {
    private static final String NOWHERE = "0123456789012345678901234567890123456789";

    private Deployed deployed;
    private String modules;
    private String large;
    private String node;
    private String newer;
    private String broken;

    @BeforeAll
    void deploy() {
        deployed = new Deployed();
        deployed.commit(Release.SLOW, Map.of(".nvmrc", "16\n"));
        node = deployed.of(Release.SLOW);
        deployed.commit(Release.SLOW, Map.of(".gitattributes", "*.png filter=lfs\n"));
        large = deployed.of(Release.SLOW);
        Deployed.git(
                deployed.origin,
                "update-index",
                "--add",
                "--cacheinfo",
                "160000," + node + ",vendor/theme");
        Deployed.git(deployed.origin, "commit", "--quiet", "--message", "modules");
        modules = Deployed.git(deployed.origin, "rev-parse", "HEAD");
        deployed.commit(
                Release.SLOW, Map.of("package.json", "{\"engines\": ", ".nvmrc", "lts/*\n"));
        broken = deployed.of(Release.SLOW);
        Deployed.git(deployed.origin, "rm", "--quiet", "package.json");
        deployed.cloned(Release.HEALTH_500);
        deployed.commit(Release.IGNORES_TERM, Map.of(".gitattributes", "", ".nvmrc", "lts/*\n"));
        newer = deployed.of(Release.IGNORES_TERM);
        Deployed.sh(
                "cd %s && PORT=%d setsid node server.js </dev/null >/dev/null 2>&1 &"
                        .formatted(deployed.folder, deployed.port));
        deployed.awaitAnswer();
    }

    @AfterAll
    void end() {
        if (deployed != null) {
            deployed.close();
        }
    }

    private String refused(String words) {
        var before = deployed.handles();
        var seat = deployed.plan("source relay to " + words);

        assertThat(seat.exitCode()).as(seat.text()).isNotZero();
        assertThat(deployed.handles()).isEqualTo(before);
        return seat.words();
    }

    @Test
    void a_commit_that_is_gone() {
        deployed.with("");
        assertThat(refused(NOWHERE))
                .contains("commit 012345678901 is not in the repository here")
                .contains("add repositories");
        deployed.with("repositories: [" + deployed.origin + "]");
        assertThat(refused(NOWHERE)).contains("cannot be fetched", "not our ref");
    }

    @Test
    void a_description_of_its_packages_that_nothing_can_read() {
        deployed.with("");
        assertThat(refused(broken))
                .contains("nothing can read package.json: it is no JSON object")
                .contains("go back to another release");
    }

    @Test
    void a_commit_that_only_the_named_repository_has_is_fetched() {
        deployed.with("repositories: [" + deployed.origin + "]");
        var seat = deployed.plan("source relay to " + newer);

        assertThat(seat.exitCode()).as(seat.text()).isZero();
        assertThat(seat.words()).contains("is not here yet and is fetched first");
    }

    @Test
    void submodules_and_large_files_are_not_left_out() {
        assertThat(refused(large)).contains("the files that Git LFS keeps elsewhere");
        assertThat(refused(modules)).contains("its submodules: vendor/theme");
    }

    @Test
    void another_node_is_asked_for() {
        assertThat(refused(node))
                .contains("the release asks for Node 16 (.nvmrc)", "nvm install 16");
    }

    @Test
    void somebody_is_at_work_in_the_checkout() {
        Path lock = deployed.folder.resolve(".git/index.lock");
        deployed.write(lock, "");
        assertThat(refused(deployed.of(Release.GOOD))).contains("somebody is at work");
        Deployed.sh("rm " + lock);
    }

    @Test
    void words_that_mean_no_commit() {
        assertThat(refused("nonsense")).contains("there is no release \"nonsense\"");
        assertThat(refused("refs/heads/main")).contains("there is no release");
        assertThat(refused("--upload-pack=x")).doesNotContain("git ended");
    }

    @Test
    void the_script_has_all_steps() {
        var seat = deployed.plan("source relay to " + deployed.of(Release.GOOD), "--shell");

        assertThat(seat.exitCode()).as(seat.text()).isZero();
        assertThat(seat.text()).contains("mv -T", "ln -sfn", "node server.js");
    }
}
