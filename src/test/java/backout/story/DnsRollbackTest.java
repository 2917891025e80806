package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Bind;
import backout.run.Outcome.Result;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

/** Names of a service are led to its standby, from the words to the end, at real BINDs. */
class DnsRollbackTest extends DnsSite {
    @Test
    void names_are_led_to_the_standby_and_what_is_no_such_record_stays() {
        String before = primary.world();
        var plan = plan();
        assertThat(plan.words())
                .contains(
                        "lead vidfab.test., www.vidfab.test., *.vidfab.test. to 127.0.9.2",
                        "CNAME old.vidfab.test. (120 s) → A 127.0.9.2 (60 s)",
                        "*.vidfab.test. A 127.0.9.1 (300 s) → A 127.0.9.2 (60 s)",
                        "HTTPS 1 . alpn=h2 ipv4hint=127.0.9.1 (300 s) → A 127.0.9.2 (60 s)",
                        "for up to 300 s",
                        "https://dnschecker.org/#A/vidfab.test");
        assertThat(primary.world()).isEqualTo(before);

        var seat = rollback();

        assertThat(seat.exitCode()).as(seat.text()).isZero();
        assertThat(result()).isEqualTo(Result.PROVEN);
        List<String> moved =
                before.lines()
                        .filter(line -> !line.startsWith("www.vidfab.test.\t"))
                        .filter(line ->
                                !line.matches("(vidfab.test.|\\*.*)\t300\tIN\t(A|AAAA|HTTPS)\t.*"))
                        .toList();
        assertThat(primary.world().lines())
                .containsAll(moved)
                .contains("www.vidfab.test.\t60\tIN\tA\t127.0.9.2")
                .hasSize(moved.size() + 3);
        assertThat(seat.text()).doesNotContain(Bind.KEY);
    }

    /** It answered beforehand, and does not when people are led there. */
    @Test
    void what_does_not_prove_itself_is_led_back_with_its_times() {
        places.answering(FORMER, 200).breakingAfter(STANDBY, 1);
        String before = primary.world();

        var seat = rollback();

        assertThat(result()).as(seat.text()).isEqualTo(Result.UNDONE);
        assertThat(primary.world()).isEqualTo(before);
    }

    @Test
    void the_former_place_is_had_again_by_its_address() {
        seen(FORMER_RECORDS);
        var there = rollback();
        assertThat(there.exitCode()).as(there.text()).isZero();
        places.answering(FORMER, 200);
        assertThat(plan().words()).contains("dns vidfab to 127.0.9.1 (it was good");

        var seat = run("run", "dns vidfab to 127.0.9.1 because mended", "--as", "li", "--yes");

        assertThat(seat.exitCode()).as(seat.text()).isZero();
        assertThat(primary.world()).contains("CNAME\told.vidfab.test.");
    }

    /** Each name that shall lead there is asked there, and not where it leads now. */
    @Test
    void the_standby_is_proven_by_the_checks_of_all_of_its_names() throws IOException {
        target(
                "    checks: [\"GET http://www.vidfab.test:%d [STATUS] == 200\"]"
                        .formatted(places.port()),
                primary.address());

        assertThat(plan().exitCode()).as(plan().text()).isZero();
        places.answering(STANDBY, 503);
        assertThat(plan().words()).contains("127.0.9.2 is unwell itself: GET http://www");
    }

    /** It hears of the change from the primary, a moment later. */
    @Test
    void a_secondary_is_waited_for() throws IOException {
        try (var secondary = Bind.secondary(SECONDARY, primary)) {
            target("", primary.address(), secondary.address());

            var seat = rollback();

            assertThat(result()).as(seat.text()).isEqualTo(Result.PROVEN);
            assertThat(secondary.world()).isEqualTo(primary.world());
        }
    }

    /** A server that was not told leads people elsewhere, one that says nothing anywhere. */
    @Test
    void a_server_that_answers_otherwise_is_unwell_and_one_that_says_nothing_unknown()
            throws IOException {
        try (var other = Bind.stale()) {
            target("", primary.address(), other.address());
            var seat = switchedAndUndone();
            assertThat(seat.words()).contains("dns servers [AGREE] == 100%", "50%");

            other.stop();
            assertThat(plan().words()).contains("the name server " + other.address());
            var blind = switchedAndUndone();
            assertThat(blind.words()).contains("gave no answer");
            assertThat(result()).isEqualTo(Result.UNDONE);
        }
    }
}
