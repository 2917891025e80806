package backout.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetEvent.Seen;
import backout.plan.TargetName;
import backout.run.Evidence.Finding;
import backout.run.Outcome.Result;
import backout.run.RunEvent.Moment;
import backout.story.SimService;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What one process does with a run of a service of one step, and what it notes about its target.
 */
class RunnerTest {
    private static final Duration MINUTES = Duration.ofMinutes(10);
    private static final Duration SOAK = Duration.ofSeconds(25);
    private static final Target TARGET =
            new Target(
                    new TargetName("sim", "relay"),
                    "local",
                    "own word",
                    Duration.ofMinutes(5),
                    SOAK,
                    List.of(),
                    new Settings(Map.of()));
    private static final CommandSpec COMMAND =
            new CommandSpec(
                    "sim",
                    "",
                    Grammar.of("[TARGET]"),
                    "rollback",
                    "sim",
                    1,
                    List.of(),
                    List.of(),
                    List.of());
    private static final RunId ID = new RunId("7F3KQ");

    private final HandClock clock = new HandClock();
    private final MemoryLeases leases = new MemoryLeases(clock);
    private MemoryJournal journal = new MemoryJournal(leases);
    private final SimService service = new SimService();

    private static Site site(List<CommandSpec> commands, List<Target> targets) {
        var byName = new HashMap<TargetName, Target>();
        targets.forEach(target -> byName.put(target.name(), target));
        return new Site(
                commands,
                byName,
                Map.of("anna", new Person("anna", 1, Map.of())),
                Map.of("own word", new Policy("own word", 0, 1, MINUTES, MINUTES, MINUTES, false)));
    }

    private Runner runner(Site site) {
        return new Runner(
                site,
                new Executors(Map.of("sim", service), clock),
                journal,
                leases,
                clock,
                this::nanos);
    }

    private Runner runner() {
        return runner(site(List.of(COMMAND), List.of(TARGET)));
    }

    private long nanos() {
        return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    private Run run() {
        return Run.of(journal.read(ID));
    }

    private void begin(String reason) {
        journal.begin(
                new RunEvent.Requested(
                        clock.instant(),
                        ID,
                        "d1",
                        "anna",
                        TARGET.name(),
                        "sim",
                        "sim relay",
                        reason,
                        Map.of(),
                        ""));
    }

    private void say(RunEvent event) {
        journal.append(ID, run().version(), List.of(event), List.of(), null);
    }

    /** Asked for, planned and confirmed; the requester's word is enough. */
    private Parked confirmed() {
        begin("5xx");
        assertThat(runner().drive(ID)).isInstanceOf(Parked.Until.class);
        say(new RunEvent.Confirmed(clock.instant(), "anna", run().plan().hash()));
        return runner().drive(ID);
    }

    private Parked after(Duration time) {
        clock.pass(time);
        return runner().drive(ID);
    }

    @Test
    void a_run_whose_target_is_gone_halts_and_nothing_is_written() {
        begin("");
        assertThat(runner(site(List.of(COMMAND), List.of())).drive(ID))
                .asInstanceOf(type(Parked.Halted.class))
                .satisfies(halted -> assertThat(halted.why().toString()).contains("sim/relay"));
        var nobody =
                new Runner(
                        site(List.of(COMMAND), List.of(TARGET)),
                        new Executors(Map.of(), clock),
                        journal,
                        leases,
                        clock,
                        this::nanos);
        assertThat(nobody.drive(ID)).isInstanceOf(Parked.Halted.class);
        assertThat(run().version()).isEqualTo(1);
    }

    @Test
    void a_run_whose_command_is_gone_ends_with_the_file_that_is_missing() {
        begin("");
        assertThat(runner(site(List.of(), List.of(TARGET))).drive(ID))
                .asInstanceOf(type(Parked.Over.class))
                .satisfies(over ->
                        assertThat(over.outcome().result()).isEqualTo(Result.NOTHING_CHANGED));
        assertThat(run().planProblem().orElseThrow().where()).isEqualTo("commands/sim.yml");
    }

    @Test
    void a_run_that_waits_says_until_when_and_after_how_many_events() {
        begin("");
        assertThat(runner().drive(ID))
                .isEqualTo(new Parked.Until(clock.instant().plus(MINUTES), run().version()));
    }

    @Test
    void a_soak_is_looked_at_every_ten_seconds_and_once_more_at_its_end() {
        var begun = clock.instant();
        assertThat(confirmed()).isEqualTo(new Parked.Until(begun.plusSeconds(10), run().version()));
        assertThat(after(Duration.ofSeconds(15)))
                .isEqualTo(new Parked.Until(begun.plusSeconds(25), run().version()));
        assertThat(run().checked(Moment.SOAK)).isEmpty();
        assertThat(after(Duration.ofSeconds(10)))
                .asInstanceOf(type(Parked.Over.class))
                .satisfies(over -> assertThat(over.outcome().result()).isEqualTo(Result.PROVEN));
        assertThat(run().checked(Moment.SOAK)).isPresent();
        assertThat(service.moves()).isEqualTo(1);
    }

    @Test
    void of_the_looks_in_a_soak_only_changes_are_written() {
        confirmed();
        int proven = run().version();
        service.health(SimService.GOOD, Finding.UNKNOWN);
        after(Duration.ofSeconds(5));
        after(Duration.ofSeconds(5));
        assertThat(run().version()).isEqualTo(proven + 1);
        service.health(SimService.GOOD, Finding.WELL);
        after(Duration.ofSeconds(5));
        after(Duration.ofSeconds(5));
        assertThat(run().version()).isEqualTo(proven + 2);
    }

    @Test
    void how_long_the_service_did_not_answer_is_told_once_after_the_switch() {
        confirmed();
        assertThat(run().checked(Moment.AFTER_SWITCH).orElseThrow().downtime())
                .isEqualTo(Duration.ofMillis(420));
        assertThat(run().checked(Moment.BASELINE).orElseThrow().downtime()).isNull();
        after(SOAK);
        assertThat(run().checked(Moment.SOAK).orElseThrow().downtime()).isNull();
    }

    @Test
    void who_is_asked_has_the_time_that_the_policy_gives() {
        service.health(SimService.GOOD, Finding.UNWELL);
        var until = clock.instant().plus(MINUTES);
        assertThat(confirmed()).isEqualTo(new Parked.Until(until, run().version()));
        assertThat(run().question().orElseThrow().until()).isEqualTo(until);
    }

    @Test
    void while_another_process_has_the_target_nothing_is_done_and_later_it_is_free_again() {
        begin("");
        var other = leases.another();
        var lease = other.take("sim/relay", Duration.ofMinutes(1)).orElseThrow();
        assertThat(runner().drive(ID)).isEqualTo(new Parked.Elsewhere());
        assertThat(run().version()).isEqualTo(1);
        other.release(lease);
        assertThat(runner().drive(ID)).isInstanceOf(Parked.Until.class);
        assertThat(other.take("sim/relay", Duration.ofMinutes(1))).isPresent();
    }

    @Test
    void what_is_frozen_in_the_last_moment_is_not_switched() {
        var froze = new AtomicBoolean();
        var racing =
                new MemoryJournal(
                        leases,
                        at -> {
                            if (at.equals("before switch-began") && !froze.getAndSet(true)) {
                                freeze();
                            }
                        });
        journal = racing;
        confirmed();
        assertThat(froze).isTrue();
        assertThat(run().hasBegunSwitch()).isFalse();
        assertThat(service.moves()).isZero();
        assertThat(run().outcome().orElseThrow().says().toString())
                .contains("frozen by ben")
                .contains("release day");
    }

    private void freeze() {
        var event =
                new TargetEvent.Frozen(
                        clock.instant(), "ben", Phrase.of("release day"), null, 2, "");
        journal.append(TARGET.name(), List.of(event));
    }

    @Test
    void the_plan_of_what_is_frozen_is_shown_and_says_so() {
        freeze();
        var plan = runner().draft(TARGET, new Invocation(COMMAND, Map.of()));
        assertThat(plan.facts().toString()).contains("frozen by ben").contains("release day");
    }

    @Test
    void a_run_keeps_its_target_and_policy_when_the_target_is_removed_meanwhile() {
        Site first = site(List.of(COMMAND), List.of(TARGET));
        var now = new AtomicReference<>(first);
        var runner =
                new Runner(
                        now::get,
                        new Executors(Map.of("sim", service), clock),
                        journal,
                        leases,
                        clock,
                        this::nanos);
        begin("5xx");
        assertThat(runner.drive(ID)).isInstanceOf(Parked.Until.class);
        now.set(site(List.of(COMMAND), List.of()));
        say(new RunEvent.Confirmed(clock.instant(), "anna", run().plan().hash()));
        assertThat(runner.drive(ID)).isInstanceOf(Parked.Until.class);
        assertThat(run().proven()).isPresent();
        clock.pass(SOAK);
        assertThat(runner.drive(ID)).isInstanceOf(Parked.Over.class);
    }

    @Test
    void who_may_not_ask_any_more_when_the_switch_would_begin_is_heard_no_more() {
        Site first = site(List.of(COMMAND), List.of(TARGET));
        var now = new AtomicReference<>(first);
        var runner =
                new Runner(
                        now::get,
                        new Executors(Map.of("sim", service), clock),
                        journal,
                        leases,
                        clock,
                        this::nanos);
        begin("5xx");
        assertThat(runner.drive(ID)).isInstanceOf(Parked.Until.class);
        say(new RunEvent.Confirmed(clock.instant(), "anna", run().plan().hash()));
        now.set(new Site(first.commands(), first.targets(), Map.of(), first.policies()));
        assertThat(runner.drive(ID)).isInstanceOf(Parked.Over.class);
        assertThat(run().hasBegunSwitch()).isFalse();
    }

    @Test
    void what_no_longer_holds_before_the_switch_is_not_begun() {
        begin("");
        runner().drive(ID);
        service.moveTag("image-better");
        say(new RunEvent.Confirmed(clock.instant(), "anna", run().plan().hash()));
        assertThat(runner().drive(ID)).isInstanceOf(Parked.Until.class);
        assertThat(run().hasBegunSwitch()).isFalse();
        assertThat(run().planChanges()).hasSize(1);
        assertThat(run().plan().to().identity()).isEqualTo("image-better");
        assertThat(service.moves()).isZero();
    }

    private static final Policy TWO = new Policy("two", 2, 2, MINUTES, MINUTES, MINUTES, false);

    /** A site whose policy asks for two leads. */
    private static Site voting(Map<String, Integer> levels) {
        Site usual = site(List.of(COMMAND), List.of(TARGET));
        var people = new HashMap<String, Person>();
        levels.forEach((name, level) -> people.put(name, new Person(name, level, Map.of())));
        return new Site(usual.commands(), usual.targets(), people, Map.of("own word", TWO));
    }

    private void votes(String name) {
        Instant now = clock.instant();
        say(new RunEvent.Voted(now, new Vote(now, name, 2, true, run().plan().hash(), "")));
    }

    /** Planned and confirmed, and both voted when both were leads. */
    private void approvedByTwo() {
        begin("5xx");
        runner(voting(Map.of("anna", 1, "ben", 2, "eve", 2, "dora", 3))).drive(ID);
        say(new RunEvent.Confirmed(clock.instant(), "anna", run().plan().hash()));
        votes("ben");
        votes("eve");
    }

    @Test
    void the_vote_of_somebody_who_left_or_whose_level_fell_begins_nothing() {
        for (Map<String, Integer> now :
                List.of(Map.of("anna", 1, "ben", 2), Map.of("anna", 1, "ben", 2, "eve", 1))) {
            var fresh = new RunnerTest();
            fresh.approvedByTwo();
            assertThat(fresh.runner(voting(now)).drive(ID)).isInstanceOf(Parked.Until.class);
            assertThat(fresh.run().hasBegunSwitch()).isFalse();
            assertThat(fresh.run().votes()).extracting("by").containsExactly("ben");
            assertThat(fresh.service.moves()).isZero();
        }
    }

    @Test
    void another_vote_in_its_place_begins_the_switch() {
        approvedByTwo();
        var people = Map.of("anna", 1, "ben", 2, "dora", 3);
        runner(voting(people)).drive(ID);
        votes("dora");
        runner(voting(people)).drive(ID);
        assertThat(run().hasBegunSwitch()).isTrue();
    }

    @Test
    void a_rollback_whose_requester_may_not_ask_for_it_any_more_changes_nothing() {
        for (Map<String, Integer> now :
                List.of(Map.of("ben", 2, "eve", 2), Map.of("anna", 0, "ben", 2, "eve", 2))) {
            var fresh = new RunnerTest();
            fresh.approvedByTwo();
            assertThat(fresh.runner(voting(now)).drive(ID))
                    .asInstanceOf(type(Parked.Over.class))
                    .satisfies(over -> {
                        assertThat(over.outcome().result()).isEqualTo(Result.NOTHING_CHANGED);
                        assertThat(over.outcome().says().toString())
                                .contains("anna, who asked for it, may not do so any more");
                    });
            assertThat(fresh.service.moves()).isZero();
        }
    }

    @Test
    void what_is_proven_locks_the_target_with_the_reason_that_was_given() {
        confirmed();
        after(SOAK);
        assertThat(journal.read(TARGET.name()))
                .satisfiesExactly(
                        cleared ->
                                assertThat(cleared)
                                        .asInstanceOf(type(TargetEvent.Cleared.class))
                                        .extracting(TargetEvent.Cleared::id)
                                        .isEqualTo(SimService.GOOD),
                        bad ->
                                assertThat(bad)
                                        .asInstanceOf(type(TargetEvent.MarkedBad.class))
                                        .satisfies(marked -> {
                                            assertThat(marked.id()).isEqualTo(SimService.BAD);
                                            assertThat(marked.why()).hasToString("5xx");
                                            assertThat(marked.by()).isEqualTo("anna");
                                        }),
                        lock ->
                                assertThat(lock)
                                        .asInstanceOf(type(TargetEvent.Locked.class))
                                        .satisfies(locked -> {
                                            assertThat(locked.run()).isEqualTo("7F3KQ");
                                            assertThat(locked.why()).hasToString("5xx");
                                        }),
                        good ->
                                assertThat(good)
                                        .asInstanceOf(type(TargetEvent.FoundGood.class))
                                        .satisfies(proven -> {
                                            assertThat(proven.id()).isEqualTo(SimService.GOOD);
                                            assertThat(proven.run()).isEqualTo("7F3KQ");
                                        }));
    }

    @Test
    void a_lock_without_a_reason_says_what_was_done() {
        begin("");
        runner().drive(ID);
        say(new RunEvent.Confirmed(clock.instant(), "anna", run().plan().hash()));
        runner().drive(ID);
        assertThat(journal.read(TARGET.name()))
                .filteredOn(TargetEvent.Locked.class::isInstance)
                .singleElement()
                .satisfies(lock ->
                        assertThat(((TargetEvent.Locked) lock).why()).hasToString("rolled back"));
    }

    @Test
    void what_is_undone_in_its_soak_marks_the_new_release_and_takes_the_lock_away() {
        confirmed();
        service.health(SimService.BAD, Finding.WELL);
        service.health(SimService.GOOD, Finding.UNWELL);
        after(Duration.ofSeconds(5));
        say(new RunEvent.Answered(clock.instant(), "anna", RunEvent.Answer.UNDO, ""));
        assertThat(runner().drive(ID))
                .asInstanceOf(type(Parked.Over.class))
                .satisfies(over -> assertThat(over.outcome().result()).isEqualTo(Result.UNDONE));
        assertThat(journal.read(TARGET.name()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Cleared", "MarkedBad", "Locked", "MarkedBad", "Unlocked");
        var marked = (TargetEvent.MarkedBad) journal.read(TARGET.name()).get(3);
        assertThat(marked.id()).isEqualTo(SimService.GOOD);
        assertThat(marked.why())
                .hasToString(
                        "failed its checks in run 7F3KQ: container [STATE] (seen: restarting)");
        assertThat(service.runs()).isEqualTo(SimService.BAD);
    }

    @Test
    void a_draft_is_the_plan_that_would_be_made_and_writes_nothing() {
        var draft = runner().draft(TARGET, new Invocation(COMMAND, Map.of()));
        assertThat(draft.to().identity()).isEqualTo(SimService.GOOD);
        assertThat(journal.open()).isEmpty();
        assertThatThrownBy(() -> runner().draft(otherKind(), new Invocation(COMMAND, Map.of())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> runner().sight(otherKind()))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Target otherKind() {
        return new Target(
                new TargetName("elsewhere", "relay"),
                "local",
                "own word",
                Duration.ofMinutes(5),
                SOAK,
                List.of(),
                new Settings(Map.of()));
    }

    private Seen seen(String id, String image, String tag, String version) {
        return new Seen(clock.instant(), id, image, tag, version);
    }

    /** How many sightings the ledger holds after these were seen, one a minute. */
    private int noted(Seen... sightings) {
        var before = journal.read(TARGET.name()).size();
        for (var sighting : sightings) {
            service.shows(sighting);
            var at = clock.instant();
            assertThat(runner().sight(TARGET))
                    .contains(
                            new Seen(
                                    at,
                                    sighting.id(),
                                    sighting.source(),
                                    sighting.tag(),
                                    sighting.version()));
            clock.pass(Duration.ofMinutes(1));
        }
        return journal.read(TARGET.name()).size() - before;
    }

    @Test
    void a_release_that_goes_on_running_is_noted_again_after_ten_minutes_and_not_before() {
        var same = seen("a", "relay:1", "1", "1.0");
        assertThat(noted(Stream.generate(() -> same).limit(10).toArray(Seen[]::new))).isEqualTo(1);
        assertThat(noted(same)).isEqualTo(1);
        assertThat(noted(same)).isZero();
    }

    @Test
    void what_is_new_about_a_release_is_noted_at_once() {
        assertThat(noted(seen("a", "relay:1", "1", "1.0"))).isEqualTo(1);
        assertThat(noted(seen("b", "relay:1", "1", "1.0"))).isEqualTo(1);
        assertThat(noted(seen("b", "relay:1", "2", "1.0"))).isEqualTo(1);
        assertThat(noted(seen("b", "relay:1", "2", "1.1"))).isEqualTo(1);
        assertThat(noted(seen("b", "relay:1@sha256:0", "2", "1.1"))).isEqualTo(1);
        assertThat(noted(seen("a", "relay:1", "1", "1.0"))).isEqualTo(1);
    }

    @Test
    void a_sighting_that_tells_less_is_no_news() {
        assertThat(noted(seen("a", "relay:1@sha256:0", "1", "1.0"))).isEqualTo(1);
        assertThat(noted(seen("a", "relay:1", "1", "1.0"))).isZero();
        assertThat(noted(seen("a", "relay:1@sha256:0", "", "1.0"))).isZero();
        assertThat(noted(seen("a", "relay:1@sha256:0", "1", ""))).isZero();
    }

    @Test
    void where_nothing_runs_nothing_is_noted() {
        service.shows(null);
        assertThat(runner().sight(TARGET)).isEmpty();
        assertThat(journal.read(TARGET.name())).isEmpty();
    }

    /** A world where something strikes at one moment; people agree to everything. */
    private static Drive struck(Scenario scenario, String boundary, Consumer<Drive> strike) {
        var drives = new ArrayList<Drive>();
        var drive =
                new Drive(
                        scenario,
                        at -> {
                            if (at.equals(boundary)) {
                                strike.accept(drives.getFirst());
                            }
                        });
        drives.add(drive);
        drive.ask();
        var process = drive.process();
        for (var parked = drive.runner(process).drive(Drive.ID);
                parked instanceof Parked.Until(var until, int _);
                parked = drive.runner(process).drive(Drive.ID)) {
            drive.answer(until);
        }
        return drive;
    }

    private static Scenario scenario(String undoFailing) {
        return Scenario.all().stream()
                .filter(scenario -> scenario.failing().isEmpty())
                .filter(scenario -> scenario.after() == Finding.UNWELL && scenario.worse())
                .filter(scenario -> scenario.undoFailing().equals(undoFailing))
                .findFirst()
                .orElseThrow();
    }

    private static RunEvent.StepFailed failure(Drive drive) {
        return drive.run().events().stream()
                .filter(RunEvent.StepFailed.class::isInstance)
                .map(RunEvent.StepFailed.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_undo_that_fails_says_what_is_left_to_do_by_hand_in_the_order_of_the_plan() {
        var none = struck(scenario("sim.box"), "", _ -> {});
        assertThat(none.run().outcome().orElseThrow().next()).hasToString("do it by hand");
        assertThat(none.run().outcome().orElseThrow().byHand())
                .hasToString("[# put sim.file back, # put sim.box back]");
        var half = struck(scenario("sim.file"), "", _ -> {});
        assertThat(half.run().outcome().orElseThrow().byHand())
                .hasToString("[# put sim.file back]");
    }

    @Test
    void a_move_that_did_not_arrive_has_failed_whatever_it_says() {
        var smooth = Scenario.all().getFirst();
        var drive =
                struck(
                        smooth,
                        "after sim.file",
                        struck -> struck.world.places.put("sim.file", "elsewhere"));
        assertThat(failure(drive).problem().what())
                .hasToString("it should be at good now but is elsewhere");
        assertThat(failure(drive).present()).hasToString("elsewhere");
    }

    @Test
    void our_own_fault_in_a_step_is_told_as_such_and_the_run_goes_on_to_its_end() {
        var drive =
                struck(
                        Scenario.all().getFirst(),
                        "before sim.box",
                        _ -> Objects.requireNonNull(System.getProperty("backout.no.such.thing")));
        assertThat(failure(drive).problem().what())
                .hasToString("Backout itself stumbled (NullPointerException)");
        assertThat(failure(drive).step()).isEqualTo(3);
        assertThat(drive.run().outcome()).isPresent();
    }

    @Test
    void what_somebody_moved_after_the_proof_is_found_by_the_last_look() {
        var drive =
                struck(
                        Scenario.all().getFirst(),
                        "after proven",
                        struck -> struck.world.places.put("sim.box", "bad"));
        assertThat(drive.run().outcome().orElseThrow().result()).isEqualTo(Result.UNKNOWN);
        var settled = settled(drive);
        assertThat(settled.amiss().stream().map(Object::toString))
                .containsExactly("sim.box should be good but is bad");
        assertThat(settled.found().stream().map(Object::toString))
                .containsExactly(
                        "sim.file: nothing was kept",
                        "sim.file: good",
                        "sim.box: nothing was kept",
                        "sim.box: bad");
    }

    @Test
    void after_an_undo_nothing_of_the_way_back_is_given_up_twice() {
        var drive = struck(scenario(""), "", _ -> {});
        assertThat(drive.run().outcome().orElseThrow().result()).isEqualTo(Result.UNDONE);
        var settled = settled(drive);
        assertThat(settled.amiss()).isEmpty();
        assertThat(settled.found().stream().map(Object::toString))
                .containsExactly("sim.file: bad", "sim.box: bad");
    }

    private static RunEvent.Settled settled(Drive drive) {
        return drive.run().events().stream()
                .filter(RunEvent.Settled.class::isInstance)
                .map(RunEvent.Settled.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> notes(Drive drive, int step) {
        return drive.run().events().stream()
                .filter(RunEvent.StepDone.class::isInstance)
                .map(RunEvent.StepDone.class::cast)
                .filter(done -> done.step() == step)
                .map(done -> done.note().toString())
                .toList();
    }

    private static Drive died(String boundary) {
        var process = new ArrayList<MemoryLeases>();
        var once = new ArrayList<String>();
        var drive =
                new Drive(
                        Scenario.all().getFirst(),
                        at -> {
                            if (at.equals(boundary) && once.isEmpty()) {
                                once.add(at);
                                throw new Crash(at);
                            }
                        });
        drive.ask();
        process.add(drive.process());
        for (int turns = 0; turns < 50; turns++) {
            try {
                if (drive.runner(process.getFirst()).drive(Drive.ID)
                        instanceof Parked.Until(var until, int _)) {
                    drive.answer(until);
                } else {
                    return drive;
                }
            } catch (Crash _) {
                assertThat(drive.world.watching).as("watches of a dead process").isZero();
                process.getFirst().die();
                process.set(0, drive.process());
            }
        }
        throw new AssertionError("never ends: " + drive.run().events());
    }

    @Test
    void a_move_that_arrived_before_its_process_died_is_not_made_again() {
        var drive = died("after sim.file");
        assertThat(notes(drive, 2)).containsExactly("was done already");
        assertThat(drive.world.arrivals).containsEntry("sim.file to good", 1);
    }

    @Test
    void a_task_that_was_done_before_its_process_died_is_not_done_again() {
        assertThat(notes(died("after sim.pull"), 0)).containsExactly("was done already");
        assertThat(notes(died("before sim.pull"), 0)).containsExactly("");
    }

    @Test
    void who_goes_on_in_the_middle_of_a_switch_measures_the_rest_of_it() {
        var drive = died("half sim.box");
        assertThat(drive.run().checked(Moment.AFTER_SWITCH).orElseThrow().downtime()).isNotNull();
        assertThat(drive.run().outcome().orElseThrow().result()).isEqualTo(Result.PROVEN);
    }

    @Test
    void what_was_done_is_written_although_somebody_spoke_meanwhile() {
        var drive =
                struck(
                        Scenario.all().getFirst(),
                        "after sim.file",
                        struck ->
                                struck.journal.append(
                                        Drive.ID,
                                        struck.run().version(),
                                        List.of(
                                                new RunEvent.Cancelled(
                                                        struck.clock.instant(), "anna", "")),
                                        List.of(),
                                        null));
        assertThat(notes(drive, 2)).hasSize(1);
        assertThat(drive.run().outcome().orElseThrow().says())
                .hasToString("Rolled back to 1.0 and proven; anna ended the soak early.");
    }

    @Test
    void who_lost_the_lease_writes_nothing_more() {
        var parked = new ArrayList<Parked>();
        var drives = new ArrayList<Drive>();
        var drive =
                new Drive(
                        Scenario.all().getFirst(),
                        at -> {
                            if (at.equals("after sim.file") && parked.isEmpty()) {
                                var struck = drives.getFirst();
                                struck.clock.pass(Duration.ofMinutes(4));
                                parked.add(struck.runner(struck.process()).drive(Drive.ID));
                            }
                        });
        drives.add(drive);
        drive.ask();
        var process = drive.process();
        for (int turns = 0; parked.isEmpty() && turns < 10; turns++) {
            if (drive.runner(process).drive(Drive.ID) instanceof Parked.Until(var until, int _)
                    && parked.isEmpty()) {
                drive.answer(until);
            }
        }
        assertThat(parked).singleElement().isInstanceOf(Parked.Until.class);
        assertThat(notes(drive, 2)).containsExactly("was done already");
        assertThat(drive.world.arrivals).containsEntry("sim.file to good", 1);
    }

    @Test
    void what_was_never_begun_is_not_to_be_taken_back_by_hand() {
        var scenario =
                Scenario.all().stream()
                        .filter(one -> one.failing().equals("sim.file"))
                        .filter(one -> one.undoFailing().equals("sim.file") && one.worse())
                        .filter(one -> one.wreck() == Scenario.Wreck.GONE)
                        .findFirst()
                        .orElseThrow();
        var outcome = struck(scenario, "", _ -> {}).run().outcome().orElseThrow();
        assertThat(outcome.result()).isEqualTo(Result.UNDO_FAILED);
        assertThat(outcome.byHand()).hasToString("[# put sim.file back]");
    }

    @Test
    void what_cannot_be_given_up_is_told_and_changes_no_outcome() {
        var drive =
                struck(
                        Scenario.all().getFirst(),
                        "after proven",
                        struck -> struck.world.forgets = false);
        assertThat(drive.run().outcome().orElseThrow().result()).isEqualTo(Result.PROVEN);
        assertThat(drive.run().events().toString())
                .contains("sim.file: the kept box stays. do it by hand");
    }

    @Test
    void what_a_step_says_about_itself_is_kept() {
        confirmed();
        assertThat(run().events())
                .filteredOn(RunEvent.StepDone.class::isInstance)
                .singleElement()
                .satisfies(done ->
                        assertThat(((RunEvent.StepDone) done).note()).hasToString("swapped"));
    }
}
