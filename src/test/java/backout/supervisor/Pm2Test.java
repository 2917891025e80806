package backout.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.Needs;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/** The real PM2, a daemon of each test's own. */
class Pm2Test {
    private final Deployed app = new Deployed();
    private final Path home = app.top.resolve("pm2");
    private static Path program = Path.of("");

    @BeforeAll
    static void needs() {
        program = Needs.pm2().resolve("node_modules/pm2/bin/pm2");
    }

    @BeforeEach
    void install() {
        app.sh("mkdir bin; ln -s " + program + " bin/pm2");
    }

    @AfterEach
    void remove() {
        pm2("/", "kill");
        app.close();
    }

    private String pm2(Object folder, String line) {
        var variables =
                Map.of(
                        "PM2_HOME",
                        home.toString(),
                        "PORT",
                        Integer.toString(app.port),
                        "APP_SECRET",
                        "geheim-4711",
                        "PATH",
                        app.top + "/bin:" + System.getenv("PATH"));
        return new Cli(Path.of(folder.toString()), variables).run("sh", "-c", "pm2 " + line);
    }

    private void start() {
        pm2(app.top.resolve("current"), "start app.js --name relay -- --words here");
        app.answer();
    }

    @Test
    void it_goes_to_the_other_release_and_its_neighbour_stays() {
        start();
        app.write("other/other.js", "setInterval(() => {}, 1000)");
        pm2(app.top.resolve("other"), "start other.js --name relay-2");
        String neighbour = pm2("/", "pid relay-2");
        Supervisor found =
                app.supervisors.find(app.top.resolve("releases/2"), at()).owners().getFirst();
        assertThat(found.texts()).containsEntry("kind", "pm2").containsEntry("app", "relay");
        assertThat(found.home()).isEqualTo(app.release(2));
        Supervisor kept = found.keepIn(app.room);
        assertThat(kept.texts().toString() + kept.startLines(app.release(1)))
                .doesNotContain("geheim-4711");
        app.afterRestart(kept).stop(Deployed.soon());
        assertThat(app.serves()).isFalse();
        app.current(1);
        app.sh("rm -r releases/2");

        Supervisor now = app.afterRestart(kept).start(app.top.resolve("current"), Deployed.soon());

        assertThat(app.answer())
                .contains("\"release\":1", "\"cwd\":\"" + app.release(1) + "\"")
                .contains("geheim-4711", "[\"--words\",\"here\"]");
        assertThat(now.look().state()).isEqualTo(Sight.State.RUNNING);
        assertThat(pm2("/", "pid relay-2")).isEqualTo(neighbour);
        assertThat(pm2("/", "jlist")).doesNotContain("releases/2");
    }

    private OptionalInt at() {
        return OptionalInt.of(app.port);
    }

    @Test
    void a_variable_that_only_the_left_release_declares_is_gone() {
        String file = "module.exports = {apps: [{name: 'relay', script: 'app.js', env: {%s}}]}";
        app.write("releases/1/ecosystem.config.js", file.formatted(""));
        app.write("releases/2/ecosystem.config.js", file.formatted("FEATURE_X: 1"));
        pm2(app.release(2), "start ecosystem.config.js");
        assertThat(app.answer()).contains("\"feature\":\"1\"");
        Supervisor kept = app.find().owners().getFirst().keepIn(app.room);
        kept.stop(Deployed.soon());

        kept.start(app.release(1), Deployed.soon());

        assertThat(app.answer()).contains("\"release\":1", "geheim-4711").doesNotContain("feature");
    }

    @Test
    void the_saved_list_names_the_good_release_afterwards_if_it_named_the_bad_one() {
        start();
        pm2("/", "save");
        Supervisor kept = app.find().owners().getFirst().keepIn(app.room);
        kept.stop(Deployed.soon());

        kept.start(app.release(1), Deployed.soon());

        assertThat(app.sh("cat pm2/dump.pm2")).contains("releases/1").doesNotContain("releases/2");
    }

    @Test
    void a_list_that_has_more_than_runs_is_not_saved_and_that_is_said() {
        start();
        app.write("other/other.js", "setInterval(() => {}, 1000)");
        pm2(app.top.resolve("other"), "start other.js --name other");
        pm2("/", "save");
        pm2("/", "delete other");
        Supervisor found = app.find().owners().getFirst();
        assertThat(found.against().toString()).contains("has other, which", "not saved anew");
        Supervisor kept = found.keepIn(app.room);
        kept.stop(Deployed.soon());

        kept.start(app.release(1), Deployed.soon());

        assertThat(app.sh("cat pm2/dump.pm2")).contains("other.js");
    }

    @Test
    void a_daemon_that_stands_in_a_deleted_folder_is_said_with_all_that_it_keeps() {
        start();
        app.sh("mv releases/2 releases/3; rm -r releases/3");

        assertThat(app.find().owners().getFirst().against().toString())
                .contains("which was deleted", "with it relay");
    }

    @Test
    void an_app_that_crashes_is_seen_and_has_its_owner_still() {
        app.write("releases/2/app.js", "process.exit(1)");
        pm2(app.release(2), "start app.js --name relay --watch --max-restarts 2");
        Await.until("it gave up", () -> pm2("/", "jlist").contains("errored"));

        Supervisor found = app.only();

        assertThat(found.look().state()).isEqualTo(Sight.State.STOPPED);
        assertThat(found.look().why().toString()).contains("errored");
        assertThat(found.look().restarts()).isPositive();
        assertThat(found.against().toString()).contains("watches");
        Supervisor kept = found.keepIn(app.room);
        kept.stop(Deployed.soon());
        kept.start(app.release(1), Deployed.soon());
        assertThat(app.answer()).contains("\"release\":1");
    }

    @Test
    void a_cluster_comes_back_with_as_many() {
        pm2(app.top.resolve("current"), "start app.js --name relay -i 2");
        app.answer();
        Supervisor kept = app.only().keepIn(app.room);
        assertThat(kept.look().processes()).hasSize(2);
        kept.stop(Deployed.soon());
        assertThat(app.serves()).isFalse();

        Supervisor now = kept.start(app.release(1), Deployed.soon());

        assertThat(app.answer()).contains("\"release\":1");
        Await.until("both", () -> now.look().processes().size() == 2);
    }
}
