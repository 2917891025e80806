package backout.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;
import backout.run.Deadline;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;

/** A process that nobody supervises. */
class PlainTest {
    private final Deployed app = new Deployed();

    @AfterEach
    void remove() {
        app.close();
    }

    private void start() {
        app.start(
                "cd current && umask 027 && exec setsid node app.js --token=sesam-oeffne-dich"
                        + " --api-key sesam-2");
    }

    @Test
    void it_goes_to_the_other_release_with_its_words_and_variables() {
        start();
        Supervisor found = app.only();
        assertThat(found.texts()).containsEntry("kind", "plain");
        assertThat(found.home()).isEqualTo(app.release(2));
        Supervisor kept = found.keepIn(app.room);
        app.afterRestart(kept).stop(Deployed.soon());
        assertThat(app.serves()).isFalse();
        app.current(1);

        Supervisor now = app.afterRestart(kept).start(app.top.resolve("current"), Deployed.soon());

        assertThat(app.answer())
                .contains("\"release\":1", "\"cwd\":\"" + app.release(1) + "\"")
                .contains("geheim-4711", "--token=sesam-oeffne-dich", "\"umask\":23");
        assertThat(now.home()).isEqualTo(app.release(1));
        assertThat(now.look().state()).isEqualTo(Sight.State.RUNNING);
        assertThat(now.look().processes()).hasSize(1);
        assertThat(app.only().texts()).containsEntry("process", now.texts().get("process"));
    }

    @Test
    void nothing_secret_is_in_what_is_kept_in_the_journal() {
        start();

        Supervisor kept = app.only().keepIn(app.room);

        assertThat(kept.texts().toString() + kept.says() + kept.startLines(app.release(1)))
                .contains("APP_SECRET")
                .doesNotContain("geheim-4711", "sesam");
        assertThat(app.sh("find shared/backout -type f -perm /077; find shared -name environ"))
                .endsWith("/environ")
                .doesNotContain("cmdline");
    }

    @Test
    void a_bot_that_died_after_the_start_finds_what_it_started() {
        start();
        Supervisor kept = app.only().keepIn(app.room);
        kept.stop(Deployed.soon());
        app.current(1);
        kept.start(app.release(1), Deployed.soon());
        app.answer();
        var pids = app.afterRestart(kept).look().processes();

        app.afterRestart(kept).start(app.release(1), Deployed.soon());

        assertThat(app.afterRestart(kept).look().processes()).isEqualTo(pids);
        app.afterRestart(kept).stop(Deployed.soon());
        assertThat(app.serves()).isFalse();
    }

    /** The last link of the chain holds the port, and its parent does not tell it to end. */
    @Test
    void all_of_a_chain_ends() {
        app.start("cd current && exec setsid sh -c 'node app.js; sleep 1'");
        Supervisor found = app.only();
        assertThat(found.look().processes()).hasSize(2);

        found.stop(Deployed.soon());

        assertThat(found.look().state()).isEqualTo(Sight.State.STOPPED);
        assertThat(app.serves()).isFalse();
    }

    @Test
    void who_does_not_listen_is_made_to_end() {
        app.write("releases/2/deaf.js", "process.on('SIGTERM', () => {}); require('./app.js')");
        app.start("cd current && exec setsid node deaf.js");

        app.only().stop(Deadline.in(Duration.ofSeconds(4), System::nanoTime));

        assertThat(app.serves()).isFalse();
    }

    @Test
    void another_process_under_the_kept_number_is_left_alone() {
        start();
        var texts = new HashMap<>(app.only().texts());
        texts.computeIfPresent("process", (_, id) -> id.replaceFirst("@.*", "@1"));
        texts.remove("session");
        texts.remove("port");

        app.supervisors.of(texts).stop(Deployed.soon());

        assertThat(app.serves()).isTrue();
    }

    @Test
    void a_port_that_another_one_holds_is_told() {
        try (var other = new Deployed()) {
            start();
            Found found = other.supervisors.find(other.top, OptionalInt.of(app.port));

            assertThat(found.owners()).isEmpty();
            assertThat(found.against().toString()).contains("is held by another one", "app.js");
        }
    }

    @Test
    void a_stop_says_who_holds_the_port_afterwards() {
        start();
        var texts = new HashMap<>(app.only().texts());
        texts.put("process", "1@1");
        texts.remove("session");

        assertThatThrownBy(() ->
                        app.supervisors
                                .of(texts)
                                .stop(Deadline.in(Duration.ofMillis(300), System::nanoTime)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is still held by")
                .hasMessageContaining("node app.js")
                .hasMessageNotContaining("sesam");
    }

    @Test
    void workers_without_a_port_are_owners_too_and_a_shell_in_the_folder_is_none() {
        app.write("releases/2/work.js", "setInterval(() => {}, 1000)");
        app.sh("cd current; (setsid node work.js </dev/null >/dev/null 2>&1 &)");
        app.sh("cd current; (setsid node work.js </dev/null >/dev/null 2>&1 &)");
        start();

        List<Supervisor> owners = app.find().owners();

        assertThat(owners).hasSize(3);
        assertThat(owners.getFirst().texts()).containsKey("port");
        assertThat(owners.get(1).texts()).doesNotContainKey("port");
    }
}
