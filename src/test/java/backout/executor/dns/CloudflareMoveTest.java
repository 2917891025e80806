package backout.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.FakeCloudflare;
import backout.plan.Step;
import backout.run.Move;
import backout.run.MoveContract;
import backout.run.Present;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Optional;

/** Names move to another place, at a Cloudflare of our own. */
final class CloudflareMoveTest extends MoveContract {
    private static final String BEFORE =
            """
            vidfab.test. 1 A 127.0.9.1 ; proxied
            vidfab.test. 1 AAAA 2001:db8:0:0:0:0:0:1 ; proxied
            vidfab.test. 300 HTTPS 1 . alpn=h2
            www.vidfab.test. 300 CNAME old.vidfab.test.
            """;
    private static final String AFTER =
            """
            vidfab.test. 1 A 127.0.9.2 ; proxied
            www.vidfab.test. 60 A 127.0.9.2
            www.vidfab.test. 60 A 127.0.9.3
            """;

    private FakeCloudflare cloudflare = new FakeCloudflare();

    @Override
    protected void arrange() {
        cloudflare.close();
        cloudflare =
                new FakeCloudflare()
                        .record("A", "vidfab.test", "127.0.9.1", 1, true)
                        .record("AAAA", "vidfab.test", "2001:db8::1", 1, true)
                        .record("HTTPS", "vidfab.test", "1 . alpn=\"h2\"", 300, false)
                        .record("CNAME", "www.vidfab.test", "old.vidfab.test", 300, false)
                        .record("TXT", "vidfab.test", "v=spf1 -all", 300, false);
        cloudflare.letting(this::goesOn);
    }

    @AfterEach
    void close() {
        assertThat(cloudflare.complaints()).isEmpty();
        cloudflare.close();
    }

    @Override
    protected Move move() {
        return TestZones.move(FakeCloudflare.TOKEN);
    }

    @Override
    protected Step step() {
        return TestZones.step(BEFORE, AFTER, "vidfab.test.,www.vidfab.test.", said());
    }

    private Map<String, String> said() {
        return Map.of("provider", "cloudflare", "api", cloudflare.api().toString());
    }

    /** What had to be made anew has no comment any more. */
    @Override
    protected String world() {
        return cloudflare.world().replace("\"comment\":\"by hand\",", "");
    }

    @Override
    protected String traces() {
        return cloudflare.world() + cloudflare.changes();
    }

    @Override
    protected void refuse() {
        cloudflare.down();
    }

    /** N1: what is not asked for stays, above all that it is proxied. */
    @Test
    void only_what_changes_is_sent() {
        var _ = move().move(step(), TestZones.work());

        assertThat(cloudflare.world())
                .contains(
                        "\"name\":\"vidfab.test\",\"ttl\":1,\"comment\":\"by hand\","
                                + "\"content\":\"127.0.9.2\",\"proxied\":true",
                        "v=spf1 -all");
        assertThat(cloudflare.changes()).hasSize(1).first().asString().doesNotContain("proxied");
    }

    /** N4, N6, N10: a batch is done or not at all, and the code is told with what helps. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    81053 | somebody made such a record in between
                    9004 | see which of its addresses can be proxied
                    9109 | an API token (no global key)
                    """)
    void what_it_refuses_is_told_with_what_helps_and_nothing_is_changed(int code, String helps) {
        String before = traces();
        cloudflare.refusing(code);

        assertThatThrownBy(() -> move().move(step(), TestZones.work()))
                .hasMessageContaining(Integer.toString(code))
                .hasMessageContaining(helps);

        assertThat(traces()).isEqualTo(before);
    }

    /** What is proxied has the time of whoever answers in its stead. */
    @Test
    void a_time_alone_is_changed_and_changed_back() {
        String before = world();
        var step =
                TestZones.step(
                        TtlPlanner.TTL,
                        BEFORE,
                        BEFORE.replace(" 300 ", " 60 "),
                        "vidfab.test.,www.vidfab.test.",
                        said());

        var _ = move().move(step, TestZones.work());
        assertThat(move().present(step, TestZones.work())).isEqualTo(new Present.At(step.to()));
        assertThat(cloudflare.changes()).hasSize(1);
        assertThat(world()).contains("\"ttl\":60").doesNotContain("\"ttl\":300,\"type\":\"CNAME");
        var _ = move().back(step, Optional.empty(), TestZones.work());

        assertThat(world()).isEqualTo(before);
    }

    @Test
    void a_provider_that_says_done_and_did_nothing_is_not_believed() {
        cloudflare.doingNothing();

        assertThatThrownBy(() -> move().move(step(), TestZones.work()))
                .hasMessageContaining("says that it is done")
                .hasMessageContaining("www.vidfab.test. none → CNAME old.vidfab.test.");
    }

    @Test
    void whoever_changed_a_record_in_between_is_not_written_over() {
        cloudflare.record("A", "vidfab.test", "127.0.9.9", 1, true);
        String before = traces();

        assertThatThrownBy(() -> move().move(step(), TestZones.work()))
                .hasMessageContaining("somebody else changed the records")
                .hasMessageContaining("127.0.9.1, 127.0.9.9");

        assertThat(traces()).isEqualTo(before);
    }

    @Test
    void a_token_of_another_kind_is_unable_and_not_the_zone() {
        var other = TestZones.move("other");

        assertThat(other.present(step(), TestZones.work())).isInstanceOf(Present.Unknown.class);
        assertThatThrownBy(() -> other.move(step(), TestZones.work()))
                .hasMessageContaining("an API token");
    }
}
