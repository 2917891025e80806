package backout.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.language.Phrase;
import backout.plan.TargetEvent;
import backout.plan.TargetName;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** What every outbox keeps to, filled by its journal. */
@SuppressWarnings("NullAway.Init")
public abstract class OutboxContract {
    private static final RunId RUN = new RunId("7F3KQ");

    private Journal journal;
    private Outbox outbox;

    /** An empty journal. */
    protected abstract Journal journal();

    /** The outbox that it fills. */
    protected abstract Outbox outbox();

    @BeforeEach
    void open() {
        journal = journal();
        outbox = outbox();
    }

    private void begin() {
        journal.begin(JournalContract.request(RUN, "d1", TargetName.of("compose/relay")));
    }

    private void confirm(int expected) {
        journal.append(RUN, expected, List.of(JournalContract.confirmed("anna")), List.of(), null);
    }

    @Test
    void every_event_has_its_row_in_order() {
        begin();
        confirm(1);

        var rows = outbox.due("slack", 10);

        assertThat(rows).extracting(Outbox.Row::kind).containsExactly("requested", "confirmed");
        assertThat(rows).extracting(Outbox.Row::seq).containsExactly(1, 2);
        assertThat(rows).extracting(Outbox.Row::run).containsOnly(RUN);
        assertThat(rows.get(0).id()).isLessThan(rows.get(1).id());
    }

    @Test
    void a_kind_of_two_words_has_a_hyphen() {
        begin();
        var began = new RunEvent.StepBegan(JournalContract.AT, 0, RunEvent.Leg.FORWARD);
        journal.append(RUN, 1, List.of(began), List.of(), null);

        assertThat(outbox.due("slack", 10).get(1).kind()).isEqualTo("step-began");
    }

    @Test
    void what_was_refused_has_no_row() {
        begin();

        assertThatThrownBy(() -> confirm(5)).isInstanceOf(Journal.Overtaken.class);

        assertThat(outbox.due("slack", 10)).hasSize(1);
    }

    @Test
    void a_face_goes_on_where_it_stopped() {
        begin();
        confirm(1);
        confirm(2);
        outbox.delivered("slack", outbox.due("slack", 1).getFirst().id());

        assertThat(outbox.due("slack", 1)).extracting(Outbox.Row::seq).containsExactly(2);
        assertThat(outbox.due("slack", 10)).extracting(Outbox.Row::seq).containsExactly(2, 3);
    }

    @Test
    void each_face_has_its_own_place() {
        begin();
        outbox.delivered("slack", outbox.due("slack", 1).getFirst().id());

        assertThat(outbox.due("slack", 10)).isEmpty();
        assertThat(outbox.due("discord", 10)).hasSize(1);
    }

    @Test
    void a_face_that_joins_tells_nothing_of_before_and_all_that_comes() {
        outbox.join("slack");
        begin();
        assertThat(outbox.due("slack", 10)).hasSize(1);
        outbox.delivered("slack", outbox.due("slack", 1).getFirst().id());
        confirm(1);
        outbox.join("slack");
        assertThat(outbox.due("slack", 10)).extracting(Outbox.Row::seq).containsExactly(2);

        outbox.leave("slack");
        outbox.join("slack");
        assertThat(outbox.due("slack", 10)).isEmpty();
        confirm(2);
        assertThat(outbox.due("slack", 10)).extracting(Outbox.Row::seq).containsExactly(3);
    }

    @Test
    void a_face_that_joined_before_anything_happened_tells_it_after_a_restart() {
        outbox.join("slack");
        begin();
        outbox.join("slack");
        assertThat(outbox.due("slack", 10)).hasSize(1);
    }

    @Test
    void a_face_never_goes_back() {
        begin();
        confirm(1);
        var rows = outbox.due("slack", 10);
        outbox.delivered("slack", rows.get(1).id());
        outbox.delivered("slack", rows.get(0).id());

        assertThat(outbox.due("slack", 10)).isEmpty();
    }

    @Test
    void a_face_cannot_skip_what_is_not_written_yet() {
        begin();
        long next = outbox.due("slack", 10).getLast().id() + 1;

        assertThatThrownBy(() -> outbox.delivered("slack", next))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void unlock(String by) {
        journal.append(
                TargetName.of("compose/relay"),
                List.of(new TargetEvent.Unlocked(JournalContract.AT, by, Phrase.NONE)));
    }

    @Test
    void what_happens_to_targets_is_told_by_each_face_from_its_own_place() {
        outbox.join("slack");
        unlock("anna");
        begin();
        journal.append(
                RUN,
                1,
                List.of(JournalContract.confirmed("anna")),
                Map.of(
                        TargetName.of("compose/relay"),
                        List.of(new TargetEvent.Unlocked(JournalContract.AT, "ben", Phrase.NONE))),
                null);

        var rows = outbox.dueOfTargets("slack", 10);

        assertThat(rows)
                .extracting(row -> ((TargetEvent.Unlocked) row.event()).by())
                .containsExactly("anna", "ben");
        assertThat(rows)
                .extracting(Outbox.TargetRow::target)
                .containsOnly(TargetName.of("compose/relay"));
        assertThat(outbox.dueOfTargets("slack", 1)).containsExactly(rows.getFirst());
        outbox.deliveredOfTargets("slack", rows.getLast().id());
        outbox.deliveredOfTargets("slack", rows.getFirst().id());
        assertThat(outbox.dueOfTargets("slack", 10)).isEmpty();
        assertThat(outbox.dueOfTargets("discord", 10)).isEqualTo(rows);
    }

    @Test
    void a_face_that_joins_tells_nothing_of_what_happened_to_targets_before() {
        unlock("anna");
        outbox.join("slack");
        assertThat(outbox.dueOfTargets("slack", 10)).isEmpty();
        unlock("ben");
        outbox.join("slack");
        assertThat(outbox.dueOfTargets("slack", 10)).hasSize(1);

        outbox.leave("slack");
        outbox.join("slack");
        assertThat(outbox.dueOfTargets("slack", 10)).isEmpty();
    }
}
