package backout.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import backout.run.RunEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Several real processes on one file, and what is left when one is killed. */
@SuppressWarnings("NullAway.Init")
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OtherProcessTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir Path state;
    private SqlStore store;

    @BeforeEach
    void open() {
        store = SqlStore.open(state, InstantSource.system());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<String> confirmedBy() {
        return store.journal().read(OtherProcess.RUN).stream()
                .skip(1)
                .map(event -> ((RunEvent.Confirmed) event).by())
                .toList();
    }

    @Test
    void processes_that_append_at_once_lose_nothing() throws Exception {
        store.journal().begin(OtherProcess.request(OtherProcess.RUN, "d1"));
        var written = new ArrayList<String>();
        try (var a = OtherProcess.start(state, "append", "a", "100");
                var b = OtherProcess.start(state, "append", "b", "100")) {
            written.add(a.line());
            written.add(b.line());
            for (int i = 0; i < 100; i++) {
                OtherProcess.insist(store.journal(), "me" + i);
                written.add("me" + i);
            }
            for (var process : List.of(a, b)) {
                for (String line = process.line(); line != null; line = process.line()) {
                    written.add(line);
                }
            }
        }

        assertThat(written).hasSize(300);
        assertThat(confirmedBy()).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void what_a_killed_process_was_told_is_written_is_there() throws Exception {
        store.journal().begin(OtherProcess.request(OtherProcess.RUN, "d1"));
        var told = new ArrayList<String>();
        try (var process = OtherProcess.start(state, "append", "x", "1000000")) {
            while (told.size() < 200) {
                told.add(process.line());
            }
            process.kill();
            for (String line = process.line(); line != null; line = process.line()) {
                told.add(line);
            }
        }

        var there = confirmedBy();
        assertThat(there).startsWith(told.toArray(String[]::new));
        assertThat(there.size() - told.size()).as("written but not told").isBetween(0, 1);
        OtherProcess.insist(store.journal(), "who comes after");
        assertThat(confirmedBy()).endsWith("who comes after");
    }

    @Test
    void what_a_living_process_holds_is_not_taken_and_what_a_killed_one_held_is() throws Exception {
        try (var process = OtherProcess.start(state, "hold", "k")) {
            assertThat(process.line()).isEqualTo("token 1");
            assertThat(store.leases().take("k", HOUR)).isEmpty();
            assertThat(store.leases().take("k", HOUR)).as("asked twice").isEmpty();

            process.kill();

            assertThat(store.leases().take("k", HOUR).orElseThrow().token()).isEqualTo(2);
        }
        try (var files = Files.list(state.resolve("holders"))) {
            assertThat(files).as("proofs of life: mine alone").hasSize(1);
        }
    }

    @Test
    void who_looks_at_a_dead_holder_is_not_taken_for_it() throws Exception {
        Path file;
        try (var process = OtherProcess.start(state, "hold", "k")) {
            assertThat(process.line()).isEqualTo("token 1");
            try (var files = Files.list(state.resolve("holders"))) {
                file = files.findFirst().orElseThrow();
            }
            try (var looker = OtherProcess.start(state, "look", file.toString())) {
                assertThat(looker.line()).isEqualTo("alive");
            }
        }
        try (var looker = OtherProcess.start(state, "look", file.toString())) {
            assertThat(looker.line()).isEqualTo("dead");

            assertThat(store.leases().isTaken("k")).isFalse();
            assertThat(store.leases().take("k", HOUR)).isPresent();
        }
    }

    @Test
    void a_lease_of_mine_is_safe_from_another_process_as_long_as_i_live() throws Exception {
        var second = SqlStore.open(state, InstantSource.system());
        assertThat(store.leases().take("k", HOUR)).isPresent();
        assertThat(second.leases().take("k", HOUR)).isEmpty();
        second.close();

        try (var process = OtherProcess.start(state, "hold", "k")) {
            assertThat(process.line()).isEqualTo("refused");
        }
    }
}
