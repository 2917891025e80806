package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Await;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.run.Evidence.Finding;
import backout.run.Outcome.Result;
import backout.run.Proposal;
import backout.run.Run;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.util.List;
import java.util.function.Predicate;

/** A real compose service is upgraded to what crashes again and again, and nobody has asked yet. */
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
class ComposeProposalTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @Test
    void a_release_that_crashes_is_proposed_to_be_rolled_back_and_one_word_does_it() {
        try (var relay = new Relay(Release.GOOD)) {
            var serving = served(relay, "propose");
            await(
                    "proposal",
                    relay,
                    run -> Proposal.of(run.request()).isPresent() && run.planned().isPresent());
            assertThat(relay.site.imageId(ComposeSite.RELAY))
                    .isEqualTo(RelayImages.shared().idOf(Release.CRASH_LOOP));

            var seat = relay.seat();
            String id = relay.lastRun().text();
            assertThat(seat.run("run", "confirm " + id, "--as", "anna")).as(seat.text()).isZero();

            await("end", relay, run -> run.outcome().isPresent());
            assertEnded(relay, "anna");
            serving.interrupt();
        }
    }

    @Test
    void with_a_countdown_the_good_release_is_back_with_nobody_touching_anything() {
        try (var relay = new Relay(Release.GOOD)) {
            var serving = served(relay, "countdown 3s");
            await("end", relay, run -> run.outcome().isPresent());
            assertEnded(relay, Proposal.NOBODY);
            assertThat(runs(relay)).hasSize(1);
            serving.interrupt();
        }
    }

    private static Seat served(Relay relay, String automatic) {
        relay.provenGood(Release.GOOD);
        relay.target("automatic: " + automatic + "\nwatch: {unwell-for: 3s}\n");
        var serving = relay.seat().start("serve");
        serving.until("serving until it is stopped");
        try (var store = relay.store()) {
            Await.until("it was seen well", () -> isWell(store));
        }
        relay.site.upgradeTo(RelayImages.shared().of(Release.CRASH_LOOP));
        return serving;
    }

    private static boolean isWell(SqlStore store) {
        return store.journal()
                .condition(Relay.NAME)
                .filter(seen -> seen.finding() == Finding.WELL)
                .isPresent();
    }

    private static List<Run> runs(Relay relay) {
        try (var store = relay.store()) {
            return store.journal().recent(9).stream()
                    .map(id -> Run.of(store.journal().read(id)))
                    .toList();
        }
    }

    private static void await(String what, Relay relay, Predicate<Run> is) {
        Await.until(what, () -> runs(relay).stream().anyMatch(is));
    }

    private static void assertEnded(Relay relay, String by) {
        Run run = runs(relay).getFirst();
        assertThat(run.requester()).isEqualTo(by);
        assertThat(run.outcome().orElseThrow().result())
                .as(run.outcome().toString())
                .isEqualTo(Result.PROVEN);
        relay.assertRuns(Release.GOOD);
        assertThat(relay.site.isHealthy()).isTrue();
    }
}
