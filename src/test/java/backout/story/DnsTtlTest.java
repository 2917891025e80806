package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.fixture.Bind;
import backout.run.Outcome.Result;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/** Answers are kept for a shorter time before names are led elsewhere, at real BINDs. */
class DnsTtlTest extends DnsSite {
    private static final String LOWER = "ttl vidfab because a switch is planned";

    @Test
    void times_are_lowered_and_raised_again_and_the_release_stays_what_it_is() {
        seen(FORMER_RECORDS);
        String before = primary.world();
        assertThat(run("plan", "ttl vidfab").words())
                .contains(
                        "CNAME old.vidfab.test. (120 s) → CNAME old.vidfab.test. (60 s)",
                        "*.vidfab.test. A 127.0.9.1 (300 s) → A 127.0.9.1 (60 s)",
                        "whoever keeps the zone takes 1 s",
                        "are kept for up to 300 s after it");
        assertThat(primary.world()).isEqualTo(before);

        var seat = run("run", LOWER, "--as", "li", "--yes");

        assertThat(result()).as(seat.text()).isEqualTo(Result.PROVEN);
        assertThat(seat.words())
                .contains("dns servers [TTL] == 100%", "/rollback ttl vidfab to 300s");
        assertThat(primary.world())
                .contains("www.vidfab.test.\t60\tIN\tCNAME\told.vidfab.test.")
                .contains("old.vidfab.test.\t300\tIN\tA");
        assertThat(ledger().lock()).isEmpty();
        assertThat(ledger().releases()).hasSize(1).allMatch(one -> one.bad() == null);
        assertThat(plan().words()).contains("for up to 60 s");

        var again = run("run", "ttl vidfab to 5m because it is over", "--as", "li", "--yes");
        assertThat(result()).as(again.text()).isEqualTo(Result.PROVEN);
        assertThat(primary.world()).contains("www.vidfab.test.\t300\tIN\tCNAME");
        assertThat(run("plan", "ttl vidfab to 300s").words())
                .contains("nothing is to be changed to 300 s");
        assertThat(run("plan", "ttl vidfab to soon").words()).contains("write for example: to 60s");
    }

    /** A server that did not hear of it hands out the former time. */
    @Test
    void a_server_that_keeps_the_former_time_is_seen_and_all_is_undone() throws IOException {
        String before = primary.world();
        try (var other = Bind.stale()) {
            target("", primary.address(), other.address());

            var seat = run("run", LOWER, "--as", "li", "--yes");

            assertThat(result()).as(seat.text()).isEqualTo(Result.UNDONE);
            assertThat(seat.words()).contains("dns servers [TTL] == 100%", "50%");
            assertThat(primary.world()).isEqualTo(before);
        }
    }

    @Test
    void less_than_the_zone_takes_and_what_somebody_changed_is_refused() throws IOException {
        target("    least-ttl: 600s\n    provider: program\n    program: [cat]", primary.address());
        assertThat(run("plan", "ttl vidfab").exitCode()).isNotZero();
        target("", primary.address());
        var seat = seat().start("run", LOWER, "--as", "li");
        Await.until("it asks", () -> seat.text().contains("Waits for confirmation"));
        primary.update(
                "update delete www.vidfab.test. CNAME",
                "update add www.vidfab.test. 90 CNAME old.vidfab.test.");
        String before = primary.world();

        var confirmed = run("run", "confirm " + last(), "--as", "li");
        Await.until("it asks again", () -> seat.text().contains("please look again"));
        assertThat(run("run", "cancel " + last(), "--as", "li").exitCode()).isZero();
        seat.exitCode();

        assertThat(confirmed.exitCode()).isZero();
        assertThat(primary.world()).isEqualTo(before);
    }
}
