package backout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.OnCall;
import backout.approval.Rotation;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** A list that was changed: who gets other shifts is told, and nobody else. */
class ShiftTableTest {
    private static final Instant NOW = Instant.parse("2026-11-04T12:00:00Z");

    @TempDir Path store;

    private static OnCall rotation(String... people) {
        return new Rotation(
                List.of(people),
                7,
                LocalDateTime.parse("2026-11-02T09:00"),
                ZoneId.of("Asia/Shanghai"));
    }

    private List<String> changes(Map<Integer, OnCall> lists, Instant now) {
        return new ShiftTable(store).changes(lists, now).stream().map(Object::toString).toList();
    }

    @Test
    @DisplayName("C14 a new person in a rotation: whose weeks move is told, within 8 weeks")
    void whose_weeks_move_is_told() {
        new ShiftTable(store).keep(Map.of(2, rotation("li", "ben")), NOW);
        assertThat(changes(Map.of(2, rotation("li", "ben", "anna")), NOW))
                .containsExactly(
                        "on call, L2: anna instead of li from 2026-11-16 01:00 +00:00 to"
                                + " 2026-11-23 01:00 +00:00",
                        "on call, L2: li instead of ben from 2026-11-23 01:00 +00:00 to"
                                + " 2026-11-30 01:00 +00:00",
                        "on call, L2: ben instead of li from 2026-11-30 01:00 +00:00 to"
                                + " 2026-12-07 01:00 +00:00",
                        "on call, L2: anna instead of ben from 2026-12-07 01:00 +00:00 to"
                                + " 2026-12-14 01:00 +00:00",
                        "on call, L2: anna instead of li from 2026-12-28 01:00 +00:00 to"
                                + " 2026-12-30 12:00 +00:00");
    }

    @Test
    @DisplayName("C14 that the shift of now would change is told, and how it is kept")
    void the_shift_of_now() {
        new ShiftTable(store).keep(Map.of(2, rotation("li", "ben")), NOW);
        assertThat(changes(Map.of(2, rotation("anna", "li", "ben")), NOW))
                .startsWith(
                        "on call, L2: anna instead of li from 2026-11-04 12:00 +00:00 to"
                                + " 2026-11-09 01:00 +00:00")
                .endsWith(
                        "on call, L2: and 2 more changes within 8 weeks",
                        "on call, L2: that is the shift of now; to keep it, name li below overrides"
                                + " until it ends");
    }

    @Test
    void who_changes_nothing_is_told_nothing() {
        assertThat(changes(Map.of(2, rotation("li", "ben")), NOW)).isEmpty();
        var same = Map.of(2, rotation("li", "ben"), 3, OnCall.always(List.of("dora")));
        new ShiftTable(store).keep(same, NOW);
        assertThat(changes(same, NOW)).isEmpty();
        assertThat(changes(same, NOW.plus(Duration.ofDays(20)))).isEmpty();
        Map<Integer, OnCall> later = Map.of(2, rotation("anna"));
        assertThat(changes(later, NOW.plus(Duration.ofDays(60)))).isEmpty();
    }

    @Test
    void a_spoiled_table_stops_nobody() throws IOException {
        new ShiftTable(store).keep(Map.of(2, rotation("li")), NOW);
        Files.writeString(store.resolve("on-call/shifts"), "2\tyesterday\n");
        assertThat(changes(Map.of(2, rotation("anna")), NOW)).isEmpty();
    }
}
