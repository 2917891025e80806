package backout.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.FakeZone;
import backout.plan.Step;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Move;
import backout.run.MoveContract;
import backout.run.Present;
import backout.run.Receipt;
import backout.run.Work;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Names move to another place where records are changed one after the other. */
abstract class OneByOneContract extends MoveContract {
    static final String BEFORE =
            """
            vidfab.test. 600 A 127.0.9.1
            vidfab.test. 600 A 127.0.9.2
            vidfab.test. 600 AAAA 2001:db8:0:0:0:0:0:1
            www.vidfab.test. 900 CNAME old.vidfab.test.
            zh.vidfab.test. 900 A 127.0.9.7
            zh.vidfab.test. 900 A 127.0.9.8
            """;

    /** Of one name only the time is another. */
    static final String AFTER =
            """
            zh.vidfab.test. 600 A 127.0.9.7
            zh.vidfab.test. 600 A 127.0.9.8
            vidfab.test. 600 A 127.0.9.2
            vidfab.test. 600 A 127.0.9.4
            www.vidfab.test. 600 A 127.0.9.2
            www.vidfab.test. 600 A 127.0.9.3
            """;

    private final FakeZone.Vendor vendor;
    private FakeZone zone;

    OneByOneContract(FakeZone.Vendor vendor) {
        this.vendor = vendor;
        this.zone = new FakeZone(vendor);
    }

    @Override
    protected void arrange() {
        zone.close();
        zone =
                new FakeZone(vendor)
                        .record("@", "A", "127.0.9.1", 600)
                        .record("@", "A", "127.0.9.2", 600)
                        .record("@", "AAAA", "2001:db8:0:0:0:0:0:1", 600)
                        .record("www", "CNAME", "old.vidfab.test", 900)
                        .record("zh", "A", "127.0.9.7", 900)
                        .record("zh", "A", "127.0.9.8", 900)
                        .record("@", "TXT", "v=spf1 -all", 600);
        zone.letting(this::goesOn);
    }

    @AfterEach
    void close() {
        zone.close();
    }

    final FakeZone zone() {
        return zone;
    }

    @Override
    protected Move move() {
        return TestZones.move(FakeZone.KEY);
    }

    @Override
    protected Step step() {
        return step(Planner.SWITCH, BEFORE, AFTER);
    }

    final Step step(String action, String from, String after) {
        return TestZones.step(
                action,
                from,
                after,
                "vidfab.test.,www.vidfab.test.,zh.vidfab.test.",
                Map.of(
                        "provider", vendor.name().toLowerCase(java.util.Locale.ROOT),
                        "api", zone.api().toString()));
    }

    @Override
    protected String world() {
        return zone.world();
    }

    @Override
    protected String traces() {
        return zone.world() + zone.changes();
    }

    @Override
    protected void refuse() {
        zone.down();
    }

    /** N4: the first refusal ends it, and nothing is deleted after it. */
    @Test
    void what_was_changed_before_a_refusal_is_changed_back() {
        String before = world();
        zone.refusing(2, "QuotaExceeded.TTL");

        assertThatThrownBy(() -> move().move(step(), TestZones.work()))
                .hasMessageContaining("QuotaExceeded.TTL");

        assertThat(world()).isEqualTo(before);
    }

    /** Nothing is lost by it: the run looks again and goes on, or a person says what shall be. */
    @Test
    void what_its_time_does_not_suffice_for_is_told_and_gone_on_with() {
        var looks = new AtomicLong();
        var little = Deadline.in(Duration.ofNanos(3), looks::getAndIncrement);
        var work = new Work("T/1", little, Optional.empty(), _ -> {});

        assertThatThrownBy(() -> move().move(step(), work))
                .hasMessageContaining("the time for this step is over")
                .hasMessageContaining("Changed: vidfab.test. A 127.0.9.")
                .hasMessageContaining("Not changed: ")
                .hasMessageContaining("undo takes back what was changed")
                .matches(e -> ((ProblemException) e).isUnseen());

        assertThat(move().present(step(), TestZones.work())).isInstanceOf(Present.Between.class);
        var begun =
                new Work("T/1", TestZones.work().by(), Optional.of(new Receipt(Map.of())), _ -> {});
        var _ = move().move(step(), begun);
        assertThat(move().present(step(), TestZones.work())).isEqualTo(new Present.At(step().to()));
    }

    @Test
    void one_that_says_done_and_did_nothing_is_not_believed() {
        zone.doingNothing();

        assertThatThrownBy(() -> move().move(step(), TestZones.work()))
                .hasMessageContaining("says that it is done");
    }

    @Test
    void whoever_changed_a_record_in_between_is_not_written_over() {
        zone.record("@", "A", "127.0.9.9", 600);
        String before = traces();

        assertThatThrownBy(() -> move().move(step(), TestZones.work()))
                .hasMessageContaining("somebody else changed the records")
                .hasMessageContaining("127.0.9.2, 127.0.9.9");

        assertThat(traces()).isEqualTo(before);
        assertThat(move().present(step(), TestZones.work())).isInstanceOf(Present.At.class);
    }

    /** One that is gone is an edit of somebody else too, until something of ours was begun. */
    @Test
    void whoever_took_one_away_in_between_does_not_get_it_back() {
        zone.without("127.0.9.1");
        String before = traces();

        assertThatThrownBy(() -> move().move(step(), TestZones.work()))
                .hasMessageContaining("somebody else changed the records");

        assertThat(traces()).isEqualTo(before);
    }

    /** N10: a number and nothing else helps nobody. */
    @Test
    void a_key_of_another_kind_is_told_with_what_helps() {
        var other = TestZones.move("other:secret");

        assertThat(other.present(step(), TestZones.work())).isInstanceOf(Present.Unknown.class);
        assertThatThrownBy(() -> other.move(step(), TestZones.work()))
                .hasMessageContaining("env:DNS_KEY must hold");
    }
}
