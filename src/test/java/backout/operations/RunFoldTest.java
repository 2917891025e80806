package backout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Outage;
import backout.run.RunEvent;
import backout.run.RunEvent.Moment;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A downtime is counted once, and only where somebody measured it. */
class RunFoldTest {
    private static final Instant AT = Instant.parse("2026-03-01T02:14:00Z");
    private final List<Duration> counted = new ArrayList<>();

    private static RunEvent.Checked checked(
            Moment moment, Finding finding, @Nullable Duration downtime) {
        var row = new Evidence.Row("x", Phrase.NONE, Phrase.NONE, finding, true, "");
        var evidence = new Evidence(finding, List.of(row), 0, List.of(), Duration.ZERO);
        var outage =
                downtime == null
                        ? null
                        : new Outage(Outage.Before.SILENT, Duration.ZERO, Duration.ZERO);
        return new RunEvent.Checked(AT, moment, evidence, downtime, outage);
    }

    private void take(RunEvent... events) {
        new RunFold(new Counted(), List.of("sim")).take(List.of(events));
    }

    @Test
    void what_nobody_could_measure_is_not_counted() {
        take(checked(Moment.AFTER_SWITCH, Finding.WELL, null));
        take(checked(Moment.AFTER_SWITCH, Finding.WELL, Duration.ZERO));
        assertThat(counted).isEmpty();
    }

    @Test
    void what_an_undo_made_longer_is_counted_once() {
        take(
                checked(Moment.AFTER_SWITCH, Finding.UNWELL, Duration.ofSeconds(1)),
                checked(Moment.AFTER_UNDO, Finding.WELL, Duration.ofSeconds(3)));
        take(checked(Moment.AFTER_SWITCH, Finding.WELL, Duration.ofSeconds(2)));
        assertThat(counted).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(2));
    }

    private final class Counted implements RunFold.Figures {
        @Override
        public void finished(String command, String outcome) {}

        @Override
        public void step(String action, String leg, boolean done, Duration took) {}

        @Override
        public void phase(String phase, Duration took) {}

        @Override
        public void downtime(String command, Duration took) {
            counted.add(took);
        }

        @Override
        public void checked(String moment, String verdict) {}
    }
}
