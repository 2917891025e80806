package backout.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

/** What runs from source is found by its processes, whatever else runs on this machine. */
class DeploymentsTest {
    private final Deployed app = new Deployed();

    @AfterEach
    void remove() {
        app.close();
    }

    private List<Deployments.Deployment> found() {
        return new Deployments(app.host, Thread::sleep)
                .all().stream().filter(one -> one.folder().startsWith(app.top)).toList();
    }

    @Test
    void a_checkout_that_serves_is_found_with_its_port_and_who_keeps_it() {
        Path checkout = app.release(1);
        app.sh("git init --quiet releases/1");
        app.sh("mv releases checkouts; ln -s checkouts releases");
        app.start("cd checkouts/1 && exec setsid node app.js");

        assertThat(found())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.folder()).hasFileName("1").isNotEqualTo(checkout);
                    assertThat(one.ports()).containsExactly(app.port);
                    assertThat(one.keepers().toString()).contains("node app.js");
                    assertThat(one.against()).isEmpty();
                });
    }

    @Test
    void a_release_is_found_by_what_holds_current() {
        app.write("releases/2/REVISION", "0".repeat(40));
        app.start("cd current && exec setsid node app.js");

        assertThat(found()).extracting(Deployments.Deployment::folder).containsExactly(app.top);
    }

    @Test
    void what_the_bot_made_of_a_checkout_is_found_by_its_link() {
        app.write("relay.backout/releases/0-adopted/app.js", app.sh("cat releases/1/app.js"));
        app.sh("git init --quiet relay.backout/releases/0-adopted");
        app.sh("ln -s relay.backout/releases/0-adopted relay");
        app.start("cd relay && exec setsid node app.js");

        assertThat(found())
                .extracting(Deployments.Deployment::folder)
                .containsExactly(app.top.resolve("relay"));
    }

    @Test
    void neither_what_is_no_checkout_nor_what_serves_nothing_is_found() {
        app.sh("git init --quiet releases/1");
        app.sh("(cd releases/1 && exec setsid sleep 600 </dev/null >/dev/null 2>&1 &)");
        app.start("cd current && exec setsid node app.js");

        assertThat(found()).isEmpty();
    }
}
