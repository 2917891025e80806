package backout.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.fixture.Needs;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalInt;

/** What a service of another user wrote: the bot, which is root here, reads no more than it may. */
class WrittenTest {
    private static final String OTHER = "setpriv --reuid=65534 --regid=65534 --clear-groups ";

    private final Deployed app = new Deployed();

    @BeforeEach
    void install() {
        app.write("secret", "only root may read this\n");
        app.sh(
                "chmod -R a+rX .; chmod 600 secret; mkdir pm2 logs; chown 65534 pm2 logs; echo old"
                        + " >logs/out; chown 65534 logs/out");
    }

    @AfterEach
    void close() {
        app.close();
    }

    private List<String> written() {
        Found found = app.supervisors.find(app.top, OptionalInt.empty());
        assertThat(found.owners()).hasSize(1);
        return app.supervisors.written(found.owners().getFirst(), 20, List.of("geheim-4711"));
    }

    private void secretInstead(String file) {
        app.sh(OTHER + "sh -c 'rm -f " + file + "; ln -s " + app.top + "/secret " + file + "'");
    }

    @Test
    void the_files_that_pm2_names_are_read_as_its_user() {
        String program = Needs.pm2().resolve("node_modules/pm2/bin/pm2").toString();
        app.sh("mkdir bin; ln -s " + program + " bin/pm2");
        String pm2 = "export PM2_HOME=$PWD/pm2 PATH=$PWD/bin:$PATH; cd current; " + OTHER + "pm2 ";
        String logs = app.top + "/logs/";
        app.sh(pm2 + "start app.js --name relay -o " + logs + "out -e " + logs + "err");
        try {
            Await.until("it wrote", () -> written().contains("listens"));

            secretInstead("logs/err");
            assertThat(written()).contains("listens").doesNotContain("only root may read this");
            secretInstead("logs/out");
            assertThat(written()).isEmpty();
        } finally {
            app.sh(pm2 + "kill");
        }
    }

    /** What a process has open need not be what it may read. */
    @Test
    void what_a_process_has_open_is_read_as_its_user() {
        String holds =
                "cd current; ("
                        + OTHER
                        + "perl -MPOSIX -e 'sysopen(F, \"../../secret\", 010000000) or die;"
                        + " dup2(fileno(F), 1); exec \"sleep\", \"600\"' </dev/null"
                        + " 2>>../../logs/out &)";
        app.sh(holds);
        Await.until("it runs", () -> app.find().owners().size() == 1);

        assertThat(written()).containsExactly("old");
    }

    /** Cut first, then without secrets: what is left of one whose end is gone is nobody's. */
    @Test
    void a_line_without_end_is_cut_before_it_is_looked_at() {
        app.write("logs/out", "x".repeat(8185) + "geheim-4711" + "x".repeat(3_000_000) + "\n");
        app.sh("(cd current && exec setsid sleep 600 </dev/null >>../../logs/out 2>&1 &)");
        Await.until("it runs", () -> app.find().owners().size() == 1);

        assertThat(written()).singleElement().asString().matches("x{7000,7200}…");
    }

    @Test
    void what_only_root_may_read_is_read_where_the_service_is_roots_own() {
        app.sh("(cd current && exec setsid sleep 600 </dev/null >>../../secret 2>&1 &)");
        Await.until("it runs", () -> app.find().owners().size() == 1);
        assertThat(written()).containsExactly("only root may read this");
    }
}
