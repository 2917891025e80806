package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.run.Outcome.Result;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The bot dies and is started again between any two events of a run that people hold. */
class HoldCrashTest {
    private static final Duration TEN = Duration.ofMinutes(10);

    /** What anybody can see of it afterwards. */
    private record End(Result result, Map<String, String> places, Map<String, Integer> arrivals) {}

    private static final class Story implements Consumer<String> {
        private final String moment;
        private final boolean aborts;
        private final int death;
        private final Drive drive;
        private int seen;
        private boolean isSaid;

        Story(String moment, boolean aborts, int death) {
            this.moment = moment;
            this.aborts = aborts;
            this.death = death;
            this.drive = new Drive(Scenario.all().getFirst(), this);
        }

        /** What people say comes by a face, which lives. */
        @Override
        public void accept(String boundary) {
            if (boundary.contains("paused") || boundary.contains("aborted")) {
                return;
            }
            if (!isSaid && boundary.equals(moment) && drive.run().hasBegunSwitch()) {
                isSaid = true;
                say();
            }
            if (seen++ == death) {
                throw new Crash(boundary);
            }
        }

        private void say() {
            Instant now = drive.clock.instant();
            var paused = new HoldEvent.Paused(now, "ben", now.plus(TEN), "dns", "slack");
            say(paused);
            if (aborts) {
                say(new HoldEvent.Aborted(now, "ben", "it was dns", "slack"));
            }
        }

        private void say(RunEvent event) {
            drive.journal.append(Drive.ID, drive.run().version(), List.of(event), List.of(), null);
        }

        End end() {
            drive.ask();
            var process = drive.process();
            for (int turns = 0; turns < 500; turns++) {
                try {
                    switch (drive.runner(process).drive(Drive.ID)) {
                        case Parked.Over(Outcome outcome) -> {
                            return new End(
                                    outcome.result(),
                                    Map.copyOf(drive.world.places),
                                    new TreeMap<>(drive.world.arrivals));
                        }
                        case Parked.Until(var until, int _) -> drive.answer(until);
                        case Parked.Elsewhere _ ->
                                throw new AssertionError("a dead process still holds the lease");
                        case Parked.Halted(var why) -> throw new AssertionError(why);
                    }
                } catch (Crash crash) {
                    process.die();
                    process = drive.process();
                }
            }
            throw new AssertionError("it never ends: " + drive.run().events());
        }

        /** Nothing new is begun on the way there while it is paused. */
        void assertHeld() {
            List<RunEvent> events = drive.run().events();
            int at = 0;
            while (!(events.get(at) instanceof HoldEvent.Paused)) {
                at++;
            }
            Instant until = ((HoldEvent.Paused) events.get(at)).until();
            assertThat(events.subList(at, events.size()))
                    .filteredOn(event -> event.at().isBefore(until))
                    .noneMatch(event ->
                            event instanceof RunEvent.StepBegan step
                                    && step.leg() == RunEvent.Leg.FORWARD);
        }
    }

    @ParameterizedTest(name = "{1}, said {0}")
    @CsvSource({
        "after switch-began, paused",
        "after step-began, paused",
        "after step-done, paused",
        "after switch-began, aborted",
        "after step-began, aborted",
        "after step-done, aborted"
    })
    void dead_at_any_moment_it_ends_as_people_said(String moment, String what) {
        boolean aborts = what.equals("aborted");
        var smooth = new Story(moment, aborts, -1);
        End right = smooth.end();
        assertThat(right.result()).isEqualTo(aborts ? Result.UNDONE : Result.PROVEN);
        assertThat(right.places().values()).containsOnly(aborts ? "bad" : "good");
        assertThat(smooth.seen).isGreaterThan(20);
        for (int death = 0; death < smooth.seen; death++) {
            var story = new Story(moment, aborts, death);
            assertThat(story.end()).as("dead at %d", death).isEqualTo(right);
            story.assertHeld();
        }
    }
}
