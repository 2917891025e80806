package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.run.HandClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One process serves the console, another one makes the link that signs somebody in. */
class SignInStoryTest {
    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final SimService service = new SimService();

    private Seat seat() {
        return new Seat(home, service, clock);
    }

    @Test
    void a_link_that_signin_prints_signs_in_where_serve_runs_and_a_rollback_can_be_asked_for() {
        assertThat(SimSite.in(home, 0, "0s").home()).isEqualTo(home);
        var serve = seat().start("serve");
        serve.until("Console: ").until("serving until it is stopped");
        var host = seat();
        assertThat(host.run("signin", "li")).isZero();
        String link = host.text().lines().findFirst().orElseThrow();
        String address = link.substring(0, link.indexOf("/signin/"));
        assertThat(serve.text()).contains("Console: " + address);
        assertThat(serve.text() + host.words()).contains("It works once, within 10 minutes");

        try (var li = new Visitor(address)) {
            assertThat(li.open(link).get("/")).contains("li · L1");
            li.say("sim relay because 5xx").until("data-state=\"waits for confirmation by li\"");
            li.press("confirm").until("data-state=\"proven\"");
        }
        assertThat(service.runs()).isEqualTo(SimService.GOOD);
        assertThat(serve.text()).doesNotContain(link.substring(link.lastIndexOf('/') + 1));
        serve.interrupt();
        assertThat(serve.exitCode()).isZero();
    }

    @Test
    void the_page_says_what_works_as_it_stands() throws IOException {
        assertThat(SimSite.in(home, 0, "0s").home()).isEqualTo(home);
        Path etc = Files.move(home.resolve("config"), home.resolve("etc"));
        var serve = seat().start("serve", "--config", etc.toString());
        serve.until("serving until it is stopped");
        String console = serve.text().replaceFirst("(?s).*Console: (\\S+).*", "$1");
        try (var stranger = new Visitor(console)) {
            assertThat(stranger.get("/signin"))
                    .contains("bot/backout signin YOUR-NAME --config " + etc);
        }
        serve.interrupt();
        assertThat(serve.exitCode()).isZero();
    }

    @Test
    void a_link_that_would_lead_nowhere_is_refused() {
        assertThat(SimSite.in(home, 0, "0s").home()).isEqualTo(home);
        var host = seat();
        assertThat(host.run("signin", "li")).isEqualTo(2);
        assertThat(host.words())
                .contains("so a link would lead nowhere", "bot/backout serve", "--config DIR");
    }

    @Test
    void signin_of_nobody_ends_with_2() {
        assertThat(SimSite.in(home, 0, "0s").home()).isEqualTo(home);
        var host = seat();
        assertThat(host.run("signin", "lee")).isEqualTo(2);
        assertThat(host.words())
                .contains("nobody here is called \"lee\"", "Known people: li, anna");
    }
}
