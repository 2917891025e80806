package backout.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guide's service script, by what it leaves: a file with the number of its process. */
class PidFileTest {
    private final Deployed app = new Deployed();

    @AfterEach
    void remove() {
        app.close();
    }

    @Test
    void the_file_holds_the_number_of_who_runs_and_is_gone_when_nobody_does() {
        app.start(
                "cd releases/2 && setsid sh -c 'echo $$ >claude-relay-service.pid; exec node"
                        + " app.js'");
        Supervisor kept = app.only().keepIn(app.room);
        assertThat(kept.texts())
                .containsEntry("kind", "pid-file")
                .containsEntry("file", app.release(2) + "/claude-relay-service.pid");
        kept.stop(Deployed.soon());
        assertThat(app.sh("ls releases/2")).isEqualTo("app.js");

        Supervisor now = app.afterRestart(kept).start(app.release(1), Deployed.soon());

        assertThat(app.answer()).contains("\"release\":1");
        int pid = now.look().processes().getFirst().pid();
        assertThat(app.sh("cat releases/1/claude-relay-service.pid"))
                .isEqualTo(Integer.toString(pid));
        assertThat(app.only().texts().get("kind")).isEqualTo("pid-file");
    }

    /** As after a crash and many other processes: nobody may be ended because of it. */
    @Test
    void a_file_with_the_number_of_another_process_is_no_owner() {
        app.start("cd current && exec setsid node app.js");
        app.write("releases/2/app.pid", "1\n");
        app.write("releases/2/other.pid", "nonsense");

        assertThat(app.only().texts().get("kind")).isEqualTo("plain");
    }
}
