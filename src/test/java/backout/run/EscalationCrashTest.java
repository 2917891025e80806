package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.EscalationStep;
import backout.approval.OnCall;
import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Plan;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Calls while processes die or stall anywhere: each level is called once, in its order, and nobody
 * after the decision.
 */
class EscalationCrashTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final HandClock clock = new HandClock();

    /** li asks; max is L1, anna L2, dora L3; each level is called, five minutes apart. */
    private static Site site() {
        Site sim = World.site(Scenario.all().getFirst());
        var policy =
                new Policy(
                        "two",
                        1,
                        1,
                        HOUR,
                        HOUR,
                        HOUR,
                        false,
                        List.of(
                                new EscalationStep(1, Duration.ZERO),
                                new EscalationStep(2, Duration.ofMinutes(5)),
                                new EscalationStep(3, Duration.ofMinutes(10))),
                        null,
                        List.of(),
                        "");
        return new Site(
                sim.commands(),
                sim.targets(),
                Map.of(
                        "anna", new Person("anna", 1, Map.of()),
                        "max", new Person("max", 1, Map.of()),
                        "ben", new Person("ben", 2, Map.of()),
                        "dora", new Person("dora", 3, Map.of())),
                Map.of("two", policy));
    }

    private static final class Cast {
        final MemoryLeases leases;
        final MemoryJournal journal;
        final World world;

        Cast(HandClock clock, Consumer<String> boundary) {
            leases = new MemoryLeases(clock);
            journal = new MemoryJournal(leases, boundary);
            world = new World(Scenario.all().getFirst(), _ -> {});
        }
    }

    private Runner runner(Cast cast) {
        return runner(cast, site());
    }

    private Runner runner(Cast cast, Site site) {
        return new Runner(
                () -> site,
                new Executors(Map.of("sim", cast.world), clock),
                cast.journal,
                cast.leases.another(),
                clock,
                () -> clock.instant().toEpochMilli() * 1_000_000,
                clock::pass);
    }

    private void ask(Cast cast) {
        var request =
                new RunEvent.Requested(
                        clock.instant(),
                        Drive.ID,
                        "delivery-1",
                        "anna",
                        World.NAME,
                        "sim",
                        "sim relay",
                        "5xx",
                        Map.of(),
                        "");
        assertThat(cast.journal.begin(request)).isInstanceOf(Journal.Begun.New.class);
    }

    /** Until it waits for people; whoever dies is followed by another. */
    private void drive(Cast cast) {
        for (int deaths = 0; deaths < 100; deaths++) {
            try {
                Parked parked = runner(cast).drive(Drive.ID);
                if (!(parked instanceof Parked.Elsewhere)) {
                    return;
                }
            } catch (Crash died) {
                assertThat(died).isNotNull();
            }
            clock.pass(Duration.ofMinutes(4));
        }
        throw new AssertionError("it never gets there");
    }

    private static Run run(Cast cast) {
        return Run.of(cast.journal.read(Drive.ID));
    }

    private static void say(Cast cast, RunEvent event) {
        Run run = run(cast);
        cast.journal.append(Drive.ID, run.version(), List.of(event), List.of(), null);
    }

    private static List<Integer> levels(Run run) {
        return run.events().stream()
                .filter(CallEvent.Paged.class::isInstance)
                .map(event -> ((CallEvent.Paged) event).level())
                .toList();
    }

    /** Dies at the n-th boundary of the journal, for every n there is. */
    @Test
    void dead_at_any_moment_each_level_is_called_once_and_in_order() {
        int boundary = 0;
        while (diesAt(boundary)) {
            boundary++;
        }
        assertThat(boundary).isGreaterThan(20);
    }

    /** False when it never came that far. */
    private boolean diesAt(int boundary) {
        var countdown = new int[] {boundary, 0};
        var cast =
                new Cast(
                        clock,
                        what -> {
                            boolean spoken =
                                    what.endsWith("requested")
                                            || what.endsWith("confirmed")
                                            || what.endsWith("voted");
                            if (!spoken && countdown[0]-- == 0) {
                                countdown[1] = 1;
                                throw new Crash(what);
                            }
                        });
        ask(cast);
        drive(cast);
        say(cast, new RunEvent.Confirmed(clock.instant(), "anna", run(cast).plan().hash()));
        drive(cast);
        for (int minute = 0; minute < 12; minute++) {
            clock.pass(Duration.ofMinutes(1));
            drive(cast);
        }
        assertThat(levels(run(cast))).as("dead at %s", boundary).containsExactly(1, 2, 3);
        decide(cast);
        assertThat(levels(run(cast))).as("dead at %s", boundary).containsExactly(1, 2, 3);
        return countdown[1] == 1;
    }

    private void decide(Cast cast) {
        Instant now = clock.instant();
        String hash = run(cast).plan().hash();
        say(cast, new RunEvent.Voted(now, new Vote(now, "dora", 3, true, hash, "")));
        for (int minute = 0; minute < 30; minute++) {
            drive(cast);
            clock.pass(Duration.ofMinutes(1));
        }
        assertThat(run(cast).outcome()).isPresent();
    }

    /** While one looks for who is due, another one calls them. */
    @Test
    @DisplayName("C16 two replicas that lose their lease at random call each level once")
    void two_who_call_at_once_call_once() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var other = new Runner @Nullable [1];
            var inside = new boolean[1];
            var cast =
                    new Cast(
                            clock,
                            _ -> {
                                if (other[0] != null && !inside[0] && random.nextInt(3) == 0) {
                                    inside[0] = true;
                                    other[0].page(Drive.ID);
                                    inside[0] = false;
                                }
                            });
            ask(cast);
            drive(cast);
            other[0] = runner(cast);
            say(cast, new RunEvent.Confirmed(clock.instant(), "anna", run(cast).plan().hash()));
            clock.pass(Duration.ofMinutes(random.nextInt(12)));
            drive(cast);
            clock.pass(Duration.ofMinutes(12));
            drive(cast);
            assertThat(levels(run(cast))).containsExactly(1, 2, 3);
        }
    }

    @Test
    @DisplayName("C11 a clock whose hold ends while nobody serves goes on at the next start")
    void a_hold_that_ends_while_nobody_serves() {
        var cast = new Cast(clock, _ -> {});
        ask(cast);
        drive(cast);
        say(cast, new RunEvent.Confirmed(clock.instant(), "anna", run(cast).plan().hash()));
        drive(cast);
        clock.pass(Duration.ofMinutes(4));
        Instant now = clock.instant();
        say(cast, new CallEvent.Claimed(now, "max", now.plus(Duration.ofMinutes(10)), "test"));
        clock.pass(Duration.ofMinutes(9).plusSeconds(30));
        drive(cast);
        assertThat(levels(run(cast))).containsExactly(1);
        clock.pass(Duration.ofMinutes(10).plusSeconds(30));
        drive(cast);
        assertThat(run(cast).events()).filteredOn(CallEvent.GivenBack.class::isInstance).hasSize(1);
        assertThat(levels(run(cast))).containsExactly(1, 2, 3);
        drive(cast);
        assertThat(levels(run(cast))).containsExactly(1, 2, 3);
    }

    @Test
    void a_list_that_may_be_old_is_told_with_the_plan() {
        Phrase old = Phrase.of("the calendar was never read");
        OnCall doubted =
                new OnCall() {
                    @Override
                    public Shift at(Instant when) {
                        return new Shift(List.of("ben"), Phrase.NONE, null);
                    }

                    @Override
                    public Optional<Phrase> doubt(Instant now) {
                        return Optional.of(old);
                    }
                };
        Site sure = site();
        var site =
                new Site(
                        sure.commands(),
                        sure.targets(),
                        sure.people(),
                        Map.of(),
                        sure.policies(),
                        Map.of(2, doubted),
                        Map.of(),
                        sure.folder(),
                        Map.of());
        var cast = new Cast(clock, _ -> {});
        ask(cast);
        var _ = runner(cast, site).drive(Drive.ID);
        assertThat(run(cast).plan().facts()).contains(new Plan.Fact(Plan.Fact.ON_CALL, old));
    }

    @Test
    void while_a_preparation_is_at_work_people_are_called_all_the_same() {
        var cast = new Cast(clock, _ -> {});
        ask(cast);
        drive(cast);
        Runner other = runner(cast);
        say(cast, new RunEvent.Confirmed(clock.instant(), "anna", run(cast).plan().hash()));
        say(cast, new RunEvent.StepBegan(clock.instant(), 0, RunEvent.Leg.FORWARD));
        clock.pass(Duration.ofMinutes(6));
        other.page(Drive.ID);
        assertThat(levels(run(cast))).containsExactly(1, 2);
    }
}
