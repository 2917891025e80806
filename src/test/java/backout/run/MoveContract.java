package backout.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.ProblemException;
import backout.run.RunEvent.Leg;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** What every move keeps to, whatever it moves and wherever the process that does it dies. */
public abstract class MoveContract {
    private static final String TAG = "T" + UUID.randomUUID().toString().substring(0, 8) + "/3";
    private static final int ENDLESS = Integer.MAX_VALUE;

    /** The receipt that was kept last, as the journal has it. */
    private Optional<Receipt> kept = Optional.empty();

    private Life life = new Life(ENDLESS);

    /** Makes the world what it is before the move, whatever a case before has left. */
    protected abstract void arrange();

    /** As a process has it that has just begun. */
    protected abstract Move move();

    /** From what {@link #arrange} made. */
    protected abstract Step step();

    /** A picture of all that must be as before when the move was taken back. */
    protected abstract String world();

    /** The same with that by which one doing is told from two: ids, moments. */
    protected String traces() {
        return world();
    }

    /** Whatever the move asks refuses to answer, until {@link #arrange}. */
    protected abstract void refuse();

    /** What the plan has changed, or taken back, before it comes to this move. */
    protected void comesTo(Leg leg) {}

    /** A picture of all that must be as before when a script went there and back. */
    protected String worldOfScript() {
        return world();
    }

    /**
     * Types what a move says of the way back by hand.
     *
     * @return false where they are no lines for a shell
     */
    protected boolean type(List<Phrase> lines) {
        return false;
    }

    /** Runs a script of a POSIX shell with this argument. */
    protected void run(String script, String argument) {
        throw new AssertionError("no shell for " + argument + ": " + script);
    }

    /** Every how many-th boundary somebody goes on by hand: each costs time. */
    protected int stride() {
        return 1;
    }

    /** A process until it dies, which it does at its boundary of this number. */
    private static final class Life {
        private int left;
        private boolean over;

        private Life(int boundaries) {
            left = boundaries;
        }

        private synchronized void boundary() {
            over |= left-- == 0;
            if (over) {
                throw new Crash("here");
            }
        }

        private synchronized boolean isOver() {
            return over;
        }
    }

    /**
     * The process is about to change something outside: here it may die. Whatever it tries
     * afterwards comes here too and fails.
     */
    protected final void boundary() {
        life.boundary();
    }

    /** The same for whoever stands between the process and the outside: whether it goes on. */
    protected final boolean goesOn() {
        try {
            boundary();
            return true;
        } catch (Crash _) {
            return false;
        }
    }

    @BeforeEach
    void begin() {
        begin(ENDLESS);
        kept = Optional.empty();
        arrange();
    }

    private void begin(int boundaries) {
        life = new Life(boundaries);
    }

    private Work work() {
        return work(Deadline.in(Duration.ofMinutes(2), this::nanos));
    }

    private Work work(Deadline by) {
        return new Work(TAG, by, kept, this::keep);
    }

    private long nanos() {
        boundary();
        return System.nanoTime();
    }

    private void keep(Receipt receipt) {
        boundary();
        kept = Optional.of(receipt);
        boundary();
    }

    /**
     * @return whether it died on the way
     */
    private boolean dies(int at, Consumer<Work> doing) {
        var work = work();
        begin(at);
        try {
            doing.accept(work);
        } catch (Crash | ProblemException e) {
            if (!life.isOver()) {
                throw e;
            }
        }
        boolean died = life.isOver();
        begin(ENDLESS);
        return died;
    }

    private boolean diesMoving(int at) {
        comesTo(Leg.FORWARD);
        return dies(at, work -> move().move(step(), work));
    }

    private boolean diesGoingBack(int at) {
        comesTo(Leg.UNDO);
        return dies(at, work -> move().back(step(), kept, work));
    }

    private Present present() {
        return move().present(step(), work());
    }

    private boolean isAt(String identity) {
        Present present = present();
        assertThat(present).isNotInstanceOf(Present.Unknown.class);
        return present.isAt(identity);
    }

    /** As a run does it that finds the step begun. */
    private void finish() {
        comesTo(Leg.FORWARD);
        if (!isAt(step().to())) {
            assertThat(move().move(step(), work()).isEmpty()).isFalse();
        }
        assertThat(present()).isEqualTo(new Present.At(step().to()));
    }

    private void takeBack() {
        comesTo(Leg.UNDO);
        if (!isAt(step().from())) {
            assertThat(move().back(step(), kept, work()).isEmpty()).isFalse();
        }
        assertThat(present()).isEqualTo(new Present.At(step().from()));
    }

    @Test
    void it_moves_and_comes_back_and_twice_is_once() {
        String before = world();
        assertThat(present()).isEqualTo(new Present.At(step().from()));

        finish();
        String moved = traces();
        move().move(step(), work());
        assertThat(traces()).as("moved twice").isEqualTo(moved);

        takeBack();
        assertThat(world()).isEqualTo(before);
        String back = traces();
        move().back(step(), kept, work());
        assertThat(traces()).as("taken back twice").isEqualTo(back);
    }

    @Test
    void the_way_back_is_forgotten_and_twice_is_once() {
        finish();
        move().forget(step(), kept, work());
        String forgotten = traces();
        move().forget(step(), kept, work());

        assertThat(traces()).isEqualTo(forgotten);
        assertThat(present()).isEqualTo(new Present.At(step().to()));
    }

    @Test
    void what_was_not_begun_is_not_taken_back() {
        comesTo(Leg.FORWARD);
        String before = traces();

        assertThat(move().back(step(), Optional.empty(), work()))
                .isEqualTo(Move.NOTHING_TO_TAKE_BACK);

        assertThat(traces()).isEqualTo(before);
        assertThat(kept).isEmpty();
    }

    @Test
    void nothing_is_touched_before_the_receipt_is_kept() {
        comesTo(Leg.FORWARD);
        String before = traces();
        var by = Deadline.in(Duration.ofMinutes(2), System::nanoTime);
        boolean[] asked = {false};
        var work =
                new Work(
                        TAG,
                        by,
                        kept,
                        _ -> {
                            asked[0] = true;
                            throw new Crash("keeping");
                        });

        try {
            move().move(step(), work);
        } catch (Crash _) {
            assertThat(traces()).isEqualTo(before);
        }
        if (asked[0]) {
            assertThat(present()).isEqualTo(new Present.At(step().from()));
            finish();
        } else { // who keeps none finds the way back without one
            comesTo(Leg.UNDO);
            var _ = move().back(step(), Optional.empty(), work());
            assertThat(present()).isEqualTo(new Present.At(step().from()));
        }
    }

    @Test
    void whoever_comes_after_a_death_finishes_the_move_and_the_way_back() {
        String before = world();
        finish();
        String moved = world();
        takeBack();
        boolean died = true;
        for (int at = 0; died; at += stride()) {
            kept = Optional.empty();
            died = diesMoving(at);
            finish();
            assertThat(world()).as("moved, dead at %d", at).isEqualTo(moved);
            int back = at + stride() / 2;
            died |= diesGoingBack(back);
            takeBack();
            assertThat(world()).as("back, dead at %d", back).isEqualTo(before);
        }
    }

    @Test
    void whoever_comes_after_a_death_takes_the_move_back() {
        String before = world();
        boolean died = true;
        for (int at = stride() - 1; died; at += stride()) {
            kept = Optional.empty();
            died = diesMoving(at);
            takeBack();
            assertThat(world()).as("dead at %d", at).isEqualTo(before);
        }
    }

    @Test
    void after_a_death_it_is_brought_back_by_hand() {
        String before = world();
        boolean died = true;
        for (int at = 0; died; at += stride()) {
            begin();
            died = diesMoving(at);
            byHand(before, "dead at " + at);
            begin();
            finish();
            int back = at + stride() / 2;
            died |= diesGoingBack(back);
            byHand(before, "dead on the way back at " + back);
        }
    }

    private void byHand(String before, String when) {
        comesTo(Leg.UNDO);
        List<Phrase> lines = move().byHand(step(), kept);
        assertThat(lines).as(when).isNotEmpty().noneMatch(Phrase::isEmpty);
        if (type(lines)) {
            assertThat(world()).as("%s: %s", when, lines).isEqualTo(before);
        }
    }

    @Test
    void when_its_time_is_over_it_changes_nothing() {
        var over = Deadline.in(Duration.ZERO, System::nanoTime);
        comesTo(Leg.FORWARD);
        String before = traces();
        assertThatThrownBy(() -> move().move(step(), work(over)))
                .isInstanceOf(ProblemException.class);
        assertThat(traces()).isEqualTo(before);

        finish();
        comesTo(Leg.UNDO);
        String moved = traces();
        assertThatThrownBy(() -> move().back(step(), kept, work(over)))
                .isInstanceOf(ProblemException.class);
        assertThat(traces()).isEqualTo(moved);
    }

    @Test
    void where_nobody_can_look_it_is_unknown_and_said_so() {
        comesTo(Leg.FORWARD);
        refuse();

        assertThat(present()).isInstanceOf(Present.Unknown.class);
        assertThatThrownBy(() -> move().move(step(), work())).isInstanceOf(ProblemException.class);
        assertThat(move().byHand(step(), kept)).isNotEmpty();
    }

    @Test
    void its_script_moves_and_takes_back() {
        Script script = script();
        if (script.equals(Script.NOTHING)) { // then a person has words at least
            comesTo(Leg.FORWARD);
            assertThat(move().byHand(step(), kept)).isNotEmpty();
            return;
        }
        String before = worldOfScript();
        comesTo(Leg.FORWARD);
        run(text(script, script.forth()), "forth");
        assertThat(present()).isEqualTo(new Present.At(step().to()));

        comesTo(Leg.UNDO);
        run(text(script, script.back()), "back");
        assertThat(present()).isEqualTo(new Present.At(step().from()));
        assertThat(worldOfScript()).isEqualTo(before);
    }

    private Script script() {
        try {
            return move().script(step());
        } catch (ProblemException _) {
            return Script.NOTHING;
        }
    }

    private static String text(Script script, List<String> lines) {
        var all = new ArrayList<>(List.of("set -eu", "stop() { echo \"$1\" >&2; exit 1; }"));
        all.addAll(script.needs());
        all.addAll(lines);
        return String.join("\n", all) + "\n";
    }
}
