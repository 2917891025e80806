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
import java.util.List;
import java.util.OptionalInt;

/** One host with several services, which are called the same and are kept by different ones. */
class OwnersTest {
    private final Deployed first = new Deployed();
    private final Deployed second = new Deployed();
    private final Deployed third = new Deployed();
    private static Path program = Path.of("");

    @BeforeAll
    static void needs() {
        program = Needs.pm2().resolve("node_modules/pm2/bin/pm2");
    }

    @BeforeEach
    void install() {
        for (var app : List.of(first, second, third)) {
            app.sh("mkdir bin; ln -s " + program + " bin/pm2; chmod -R a+rX .");
        }
    }

    @AfterEach
    void remove() {
        pm2(first, first, "kill");
        pm2(second, second, "kill");
        first.close();
        second.close();
        third.close();
    }

    /** That of the first belongs to another user. */
    private String pm2(Deployed daemon, Deployed app, String line) {
        String as = daemon == first ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
        return app.sh(
                "mkdir -p "
                        + daemon.top
                        + "/pm2; "
                        + (as.isEmpty() ? "" : "chown 65534 " + daemon.top + "/pm2; ")
                        + "cd current; export PM2_HOME="
                        + daemon.top
                        + "/pm2 PATH="
                        + daemon.top
                        + "/bin:$PATH; "
                        + as
                        + "pm2 "
                        + line);
    }

    @Test
    void each_has_its_owner_and_only_the_one_asked_for_is_touched() {
        pm2(first, first, "start app.js --name relay");
        pm2(second, second, "start app.js --name relay");
        third.start("cd current && exec setsid node app.js");
        second.answer();
        assertThat(first.answer()).contains("\"release\":2");
        assertThat(first.only().texts())
                .containsEntry("pm2-home", first.top + "/pm2")
                .containsEntry("user", "65534");
        assertThat(second.only().texts()).containsEntry("pm2-home", second.top + "/pm2");
        assertThat(third.only().texts()).containsEntry("kind", "plain");
        var others = List.of(second.only().look(), third.only().look());

        Supervisor kept = first.only().keepIn(first.room);
        kept.stop(Deployed.soon());
        first.current(1);
        kept.start(first.release(1), Deployed.soon());

        assertThat(first.answer()).contains("\"release\":1");
        assertThat(first.only().look().processes().getFirst().uid()).isEqualTo(65534);
        assertThat(first.sh("stat -c %u pm2/pm2.pid")).isEqualTo("65534");
        assertThat(List.of(second.only().look(), third.only().look())).isEqualTo(others);
    }

    @Test
    void the_same_name_twice_in_one_daemon_is_told_apart_by_the_folder() {
        pm2(second, second, "start app.js --name relay");
        pm2(second, third, "start app.js --name relay --force");
        second.answer();
        third.answer();
        String before = third.only().look().processes().toString();

        second.only().stop(Deployed.soon());

        assertThat(third.only().look().processes()).hasToString(before);
        assertThat(second.serves()).isFalse();
    }

    @Test
    void a_parent_that_would_start_it_again_is_no_owner_that_we_know() {
        first.write(
                "keeper.js",
                "const {spawn} = require('child_process'); const go = () => spawn('node',"
                        + " ['app.js'], {cwd: process.argv[2]}).on('exit', go); go()");
        Path keeper = second.write("keeper.js", first.sh("cat keeper.js"));
        first.start("cd / && exec setsid node " + keeper + " " + first.release(2));
        first.answer();

        assertThat(first.find().against().toString()).contains("keeper.js", "would start it again");
    }

    @Test
    void a_container_is_nobody_that_we_stop() {
        Needs.docker();
        String name = "backout-test-" + Long.toString(System.nanoTime(), 36);
        Cli.here()
                .run(
                        "sh",
                        "-c",
                        "d=$(mktemp -d); cp \"$(command -v busybox)\" $d; tar -C $d -c . | docker"
                                + " import - "
                                + name
                                + " >/dev/null; rm -r $d; docker run --detach --rm --name "
                                + name
                                + " --network host --volume "
                                + first.top
                                + ":"
                                + first.top
                                + " --workdir "
                                + first.release(2)
                                + " "
                                + name
                                + " /busybox httpd -f -p "
                                + first.port);
        try {
            Await.until("it serves", first::serves);

            Found found = first.supervisors.find(first.top, OptionalInt.of(first.port));

            assertThat(found.owners()).isEmpty();
            assertThat(found.against().toString())
                    .contains("held by another one", "in a container");
        } finally {
            Cli.here().attempt("docker", "rm", "--force", name);
            Cli.here().attempt("docker", "rmi", name);
        }
    }
}
