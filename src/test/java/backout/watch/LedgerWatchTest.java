package backout.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import backout.approval.Person;
import backout.approval.Policy;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Evidence.Finding;
import backout.run.Executors;
import backout.run.HandClock;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.RunId;
import backout.run.Runner;
import backout.story.SimService;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

class LedgerWatchTest {
    private static final TargetName NAME = new TargetName("sim", "relay");
    private static final Target TARGET =
            new Target(
                    NAME,
                    "local",
                    "some",
                    Duration.ofMinutes(5),
                    Duration.ZERO,
                    List.of(),
                    new Settings(Map.of()));
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Site SITE =
            new Site(
                    List.of(),
                    Map.of(NAME, TARGET),
                    Map.of("li", new Person("li", 1, Map.of())),
                    Map.of("some", new Policy("some", 0, 1, HOUR, HOUR, HOUR, false)));

    private final HandClock clock = new HandClock();
    private final MemoryLeases leases = new MemoryLeases(clock);
    private final MemoryJournal journal = new MemoryJournal(leases, _ -> {});
    private final SimService service = new SimService();
    private final List<String> warnings = new ArrayList<>();
    private final LedgerWatch watch =
            new LedgerWatch(
                    () -> SITE,
                    new Executors(Map.of("sim", service), clock),
                    new Runner(
                            SITE,
                            new Executors(Map.of("sim", service), clock),
                            journal,
                            leases,
                            clock,
                            this::nanos),
                    journal,
                    clock,
                    this::nanos,
                    () -> RunId.random(new Random(7)),
                    warning -> warnings.add(warning.toString()));

    private long nanos() {
        return Duration.between(java.time.Instant.EPOCH, clock.instant()).toNanos();
    }

    private void minutes(int minutes) {
        for (int i = 0; i < minutes; i++) {
            watch.look(TARGET);
            clock.pass(Duration.ofMinutes(1));
        }
    }

    private Release.Standing standing(String release) {
        return Ledger.of(journal.read(NAME)).release(release).orElseThrow().standing();
    }

    @Test
    void a_release_whose_checks_held_for_good_after_is_good() {
        service.deploy(SimService.GOOD);
        minutes(5);
        assertThat(standing(SimService.GOOD)).isEqualTo(Release.Standing.NEVER_PROVEN);
        minutes(1);
        assertThat(standing(SimService.GOOD)).isEqualTo(Release.Standing.GOOD);
    }

    @Test
    void the_files_of_a_release_that_became_good_are_kept() {
        service.deploy(SimService.GOOD);
        minutes(7);
        assertThat(journal.read(NAME))
                .filteredOn(TargetEvent.FilesKept.class::isInstance)
                .singleElement()
                .extracting("artifact")
                .isEqualTo("files-of-image-good");
    }

    @Test
    void the_image_of_a_release_that_became_good_is_kept_at_once() {
        service.deploy(SimService.GOOD);
        minutes(5);
        assertThat(service.kept()).isEmpty();
        minutes(1);
        assertThat(service.kept()).containsOnly(SimService.GOOD);
    }

    @Test
    void that_nothing_is_left_to_go_back_to_is_noted_and_warned_about_once() {
        service.deploy(SimService.GOOD);
        minutes(6);
        service.deploy(SimService.BAD);
        minutes(2);
        assertThat(warnings).isEmpty();

        service.lose("its image is gone");
        minutes(3);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("nothing is left to roll sim/relay back to", "its image is gone");
        assertThat(Ledger.of(journal.read(NAME)).lost(SimService.GOOD))
                .map(Phrase::toString)
                .contains("its image is gone");

        service.lose("");
        minutes(3);
        assertThat(Ledger.of(journal.read(NAME)).lost(SimService.GOOD)).isEmpty();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void how_the_next_release_is_says_nothing_of_the_one_before() {
        service.deploy(SimService.GOOD);
        service.deployWhileLooked(SimService.BAD);
        minutes(2);
        assertThat(journal.read(NAME))
                .filteredOn(TargetEvent.Felt.class::isInstance)
                .extracting("id", "well")
                .containsExactly(tuple(SimService.BAD, false));
    }

    @Test
    void one_look_that_is_not_well_starts_again() {
        service.deploy(SimService.GOOD);
        minutes(4);
        service.health(SimService.GOOD, Finding.UNKNOWN);
        minutes(1);
        service.health(SimService.GOOD, Finding.WELL);
        minutes(5);
        assertThat(standing(SimService.GOOD)).isEqualTo(Release.Standing.NEVER_PROVEN);
        minutes(1);
        assertThat(standing(SimService.GOOD)).isEqualTo(Release.Standing.GOOD);
    }

    @Test
    void a_release_that_is_unwell_never_becomes_good() {
        minutes(30);
        assertThat(standing(SimService.BAD)).isEqualTo(Release.Standing.NEVER_PROVEN);
    }

    @Test
    void a_release_that_goes_on_running_is_not_noted_each_minute() {
        minutes(60);
        assertThat(journal.read(NAME)).filteredOn(TargetEvent.Seen.class::isInstance).hasSize(6);
    }

    @Test
    void a_bad_release_that_runs_again_is_warned_about_once() {
        minutes(1);
        journal.append(
                NAME,
                List.of(
                        new TargetEvent.MarkedBad(
                                clock.instant(), SimService.BAD, Phrase.of("5xx"), "li")));
        minutes(5);
        assertThat(warnings)
                .containsExactly(
                        "sim/relay runs image-bad again, which is marked bad: 5xx. Look at it, or"
                                + " roll back: sim relay");
        service.deploy(SimService.GOOD);
        minutes(1);
        service.deploy(SimService.BAD);
        minutes(1);
        assertThat(warnings).hasSize(2);
    }

    @Test
    void whoever_stops_it_learns_when_nobody_reads_the_journal_any_more() throws Exception {
        var looking = new CountDownLatch(1);
        var go = new Semaphore(0);
        var slow =
                new MemoryJournal(
                        leases,
                        _ -> {
                            looking.countDown();
                            go.acquireUninterruptibly();
                        });
        var runner =
                new Runner(
                        SITE,
                        new Executors(Map.of("sim", service), clock),
                        slow,
                        leases,
                        clock,
                        this::nanos);
        var begun =
                new LedgerWatch(
                        () -> SITE,
                        new Executors(Map.of("sim", service), clock),
                        runner,
                        slow,
                        clock,
                        this::nanos,
                        () -> RunId.random(new Random(7)),
                        _ -> {});
        begun.start();
        assertThat(looking.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(begun.stop(Duration.ofMillis(1))).isFalse();
        go.release(1_000);
        assertThat(begun.stop(Duration.ofSeconds(60))).isTrue();
        assertThat(begun.loops()).isNotEmpty().allMatch(loop -> loop.trouble().isPresent());
    }

    private void note(TargetEvent event) {
        journal.append(NAME, List.of(event));
    }

    private void goodAndMarked(boolean said) {
        service.deploy(SimService.GOOD);
        minutes(7);
        note(
                new TargetEvent.MarkedBad(
                        clock.instant(), SimService.GOOD, Phrase.of("5xx"), "li", said));
    }

    @Test
    void what_a_run_made_bad_is_good_again_when_its_checks_held() {
        goodAndMarked(false);
        minutes(4);
        assertThat(standing(SimService.GOOD)).isEqualTo(Release.Standing.BAD);
        minutes(3);
        assertThat(standing(SimService.GOOD)).isEqualTo(Release.Standing.GOOD);
    }

    @Test
    void what_a_person_calls_bad_stays_so() {
        goodAndMarked(true);
        minutes(30);
        assertThat(standing(SimService.GOOD)).isEqualTo(Release.Standing.BAD);
    }

    @Test
    void what_is_locked_out_proves_nothing_until_somebody_unlocks_it() {
        goodAndMarked(false);
        note(new TargetEvent.Locked(clock.instant(), "li", Phrase.of("5xx"), "7F3KQ"));
        minutes(30);
        assertThat(standing(SimService.GOOD)).isEqualTo(Release.Standing.BAD);
        note(new TargetEvent.Unlocked(clock.instant(), "li", Phrase.NONE));
        minutes(7);
        assertThat(standing(SimService.GOOD)).isEqualTo(Release.Standing.GOOD);
    }

    @Test
    void a_release_that_is_good_only_with_remarks_says_so_until_they_are_gone() {
        service.deploy(SimService.GOOD);
        service.remarked("GET /health [RESPONSE-TIME] < 300ms");
        minutes(20);
        assertThat(Ledger.of(journal.read(NAME)).release(SimService.GOOD).orElseThrow().remarks())
                .singleElement()
                .hasToString("GET /health [RESPONSE-TIME] < 300ms (seen: 2.00 s)");
        assertThat(journal.read(NAME))
                .filteredOn(TargetEvent.FoundGood.class::isInstance)
                .hasSize(1);
        service.remarked("");
        minutes(14);
        assertThat(Ledger.of(journal.read(NAME)).release(SimService.GOOD).orElseThrow().remarks())
                .isEmpty();
        assertThat(standing(SimService.GOOD)).isEqualTo(Release.Standing.GOOD);
    }

    @Test
    void what_a_run_proved_is_simply_good_once_its_checks_held_and_its_files_are_kept() {
        service.deploy(SimService.GOOD);
        minutes(1);
        note(new TargetEvent.FoundGood(clock.instant(), SimService.GOOD, "", List.of(), "7F3KQ"));
        assertThat(Ledger.of(journal.read(NAME)).release(SimService.GOOD).orElseThrow().remarks())
                .singleElement()
                .hasToString("proven in run 7F3KQ");
        minutes(7);
        Release good = Ledger.of(journal.read(NAME)).release(SimService.GOOD).orElseThrow();
        assertThat(good.remarks()).isEmpty();
        assertThat(good.files()).isEqualTo("files-of-image-good");
    }

    private String condition() {
        return journal.condition(NAME).orElseThrow().says(clock.instant()).toString();
    }

    @Test
    void how_the_service_is_is_what_the_last_look_saw_however_good_its_release() {
        var start = Phrase.of("{0}", clock.instant());
        service.deploy(SimService.GOOD);
        minutes(7);
        assertThat(standing(SimService.GOOD)).isEqualTo(Release.Standing.GOOD);
        assertThat(condition()).isEqualTo("well since " + start);

        var unwell = Phrase.of("{0}", clock.instant());
        service.health(SimService.GOOD, Finding.UNWELL);
        minutes(3);
        String seen = "unwell since " + unwell + ": container [STATE] (seen: restarting)";
        assertThat(condition()).isEqualTo(seen);

        clock.pass(Duration.ofMinutes(20));
        assertThat(condition())
                .startsWith("unknown: nobody has looked since ")
                .endsWith("; then it was " + seen);
        var again = Phrase.of("{0}", clock.instant());
        minutes(1);
        assertThat(condition()).startsWith("unwell since " + again);
    }

    @Test
    void a_look_that_sees_nothing_leaves_when_the_way_back_was_looked_at() {
        var looked = clock.instant();
        minutes(1);
        service.shows(null);
        minutes(1);
        assertThat(journal.condition(NAME).orElseThrow().judgedAt()).contains(looked);
    }

    @Test
    void what_does_not_run_is_unwell() {
        minutes(1);
        var down = Phrase.of("{0}", clock.instant());
        service.shows(null);
        minutes(1);
        assertThat(condition()).isEqualTo("unwell since " + down + ": nothing runs");
    }

    @Test
    void a_warning_is_told_to_everybody_and_not_again_after_a_restart() {
        minutes(1);
        note(new TargetEvent.MarkedBad(clock.instant(), SimService.BAD, Phrase.of("5xx"), "li"));
        minutes(2);
        assertThat(warnings).hasSize(1);
        assertThat(warned()).isEqualTo(warnings);
        assertThat(journal.condition(NAME).orElseThrow().warning())
                .asString()
                .startsWith("sim/relay runs image-bad again, which is marked bad: 5xx.");

        var restarted =
                new LedgerWatch(
                        () -> SITE,
                        new Executors(Map.of("sim", service), clock),
                        new Runner(
                                SITE,
                                new Executors(Map.of("sim", service), clock),
                                journal,
                                leases,
                                clock,
                                this::nanos),
                        journal,
                        clock,
                        this::nanos,
                        () -> RunId.random(new Random(7)),
                        warning -> warnings.add(warning.toString()));
        restarted.look(TARGET);
        assertThat(warnings).hasSize(1);
        assertThat(warned()).isEqualTo(warnings);
    }

    private List<String> warned() {
        return journal.read(NAME).stream()
                .filter(TargetEvent.Warned.class::isInstance)
                .map(event -> ((TargetEvent.Warned) event).says().toString())
                .toList();
    }
}
