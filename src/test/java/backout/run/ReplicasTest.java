package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Effort;
import backout.language.Phrase;
import backout.run.Evidence.Finding;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Two processes work on one run and one of them stalls at random, long enough for its lease to run
 * out; the other takes over in the very middle. The world must end as if one had worked alone.
 */
class ReplicasTest {
    private static final int ROUNDS = Effort.of(4000);

    /**
     * While one process stalls the other drives; a stall inside a stall would be a third process.
     */
    private static final class Stall implements java.util.function.Consumer<String> {
        private final Random random;
        private @Nullable Drive drive;
        private @Nullable Runner other;
        private boolean stalled;
        private int lost;

        private Stall(Random random) {
            this.random = random;
        }

        @Override
        public void accept(String boundary) {
            if (drive == null || other == null || stalled || random.nextInt(12) != 0) {
                return;
            }
            stalled = true;
            lost++;
            drive.clock.pass(Duration.ofMinutes(random.nextInt(2) == 0 ? 4 : 2));
            other.drive(Drive.ID);
            stalled = false;
        }
    }

    @Test
    void a_lost_lease_never_makes_a_wrong_world() {
        long seed = Long.getLong("backout.seed", System.nanoTime());
        System.out.println("ReplicasTest: -Dbackout.seed=" + seed);
        var random = new Random(seed);
        List<Scenario> scenarios =
                Scenario.all().stream()
                        .filter(scenario -> scenario.soak() != Finding.UNKNOWN)
                        .toList();
        int lost = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Scenario scenario = scenarios.get(random.nextInt(scenarios.size()));
            lost +=
                    round(
                            scenario,
                            new Random(random.nextLong()),
                            "seed " + seed + " round " + round);
        }
        System.out.println("ReplicasTest: " + ROUNDS + " rounds, " + lost + " lost leases");
        assertThat(lost).isGreaterThan(ROUNDS);
    }

    private static int round(Scenario scenario, Random random, String where) {
        var stall = new Stall(random);
        var drive = new Drive(scenario, stall);
        drive.ask();
        stall.drive = drive;
        Runner one = drive.runner(drive.process());
        stall.other = drive.runner(drive.process());
        for (int turns = 0; turns < 500; turns++) {
            switch (one.drive(Drive.ID)) {
                case Parked.Over(Outcome outcome) -> {
                    assertRight(scenario, drive, outcome, where);
                    return stall.lost;
                }
                case Parked.Until(var until, int _) -> drive.answer(until);
                case Parked.Elsewhere _ -> drive.clock.pass(Duration.ofMinutes(4));
                case Parked.Halted(Phrase why) -> throw new AssertionError(where + ": " + why);
            }
        }
        throw new AssertionError(where + " never ends: " + scenario);
    }

    /** The places agree with the outcome, and each way was gone once. */
    private static void assertRight(Scenario scenario, Drive drive, Outcome outcome, String where) {
        var places = drive.world.places.values();
        assertThat(drive.world.arrivals.values())
                .as("%s %s", where, scenario)
                .allMatch(times -> times == 1);
        switch (outcome.result()) {
            case PROVEN -> assertThat(places).as("%s %s", where, scenario).containsOnly("good");
            case UNDONE -> assertThat(places).as("%s %s", where, scenario).containsOnly("bad");
            case NOT_APPROVED, NOTHING_CHANGED -> {
                assertThat(places)
                        .as("%s %s %s", where, scenario, drive.run().events())
                        .containsOnly("bad");
                assertThat(drive.world.prepared)
                        .as("%s %s %s", where, scenario, drive.run().events())
                        .isEmpty();
            }
            case KEPT, UNKNOWN, UNDO_FAILED -> assertThat(places).isNotEmpty();
        }
        assertThat(drive.run().next(drive.clock.instant())).isInstanceOf(Next.Nothing.class);
    }
}
