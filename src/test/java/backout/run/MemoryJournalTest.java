package backout.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** The simulated journal keeps to what the real one keeps to, and crashes where it is told. */
class MemoryJournalTest extends JournalContract {
    private final MemoryLeases leases = new MemoryLeases(new HandClock());

    @Override
    protected Journal journal() {
        return new MemoryJournal(leases);
    }

    @Override
    protected Leases leases() {
        return leases;
    }

    @Override
    protected Leases otherLeases() {
        return leases.another();
    }

    private static final class Crash extends RuntimeException {}

    private MemoryJournal crashing(String where, List<String> boundaries) {
        return new MemoryJournal(
                leases,
                boundary -> {
                    boundaries.add(boundary);
                    if (boundary.equals(where)) {
                        throw new Crash();
                    }
                });
    }

    @Test
    void a_crash_before_an_append_leaves_nothing() {
        var journal = crashing("before confirmed", new ArrayList<>());
        journal.begin(request(RUN, "d1", RELAY));

        assertThatThrownBy(() -> journal.append(RUN, 1, List.of(confirmed("a")), List.of(), null))
                .isInstanceOf(Crash.class);
        assertThat(journal.read(RUN)).hasSize(1);
    }

    @Test
    void a_crash_after_an_append_leaves_the_event() {
        var journal = crashing("after confirmed", new ArrayList<>());
        journal.begin(request(RUN, "d1", RELAY));

        assertThatThrownBy(() -> journal.append(RUN, 1, List.of(confirmed("a")), List.of(), null))
                .isInstanceOf(Crash.class);
        assertThat(journal.read(RUN)).hasSize(2);
    }

    @Test
    void every_write_has_two_boundaries() {
        var boundaries = new ArrayList<String>();
        var journal = crashing("", boundaries);
        journal.begin(request(RUN, "d1", RELAY));
        journal.append(RUN, 1, List.of(confirmed("a"), finished()), List.of(), null);
        journal.append(RELAY, List.of(seen("a")));

        assertThat(boundaries)
                .containsExactly(
                        "before requested",
                        "after requested",
                        "before confirmed+finished",
                        "after confirmed+finished",
                        "before compose/relay: seen",
                        "after compose/relay: seen");
    }
}
