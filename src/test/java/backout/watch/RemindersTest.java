package backout.watch;

import static org.assertj.core.api.Assertions.assertThat;

import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Ledger;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.HandClock;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** No lock and no freeze is forgotten. */
final class RemindersTest {
    private static final TargetName NAME = new TargetName("sim", "relay");
    private static final Duration HOUR = Duration.ofHours(1);

    private final HandClock clock = new HandClock();
    private final MemoryJournal journal = new MemoryJournal(new MemoryLeases(clock));

    private Reminders reminders() {
        var target = new Target(NAME, "local", "p", HOUR, HOUR, List.of(), new Settings(Map.of()));
        var site = new Site(List.of(), Map.of(NAME, target), Map.of(), Map.of());
        return new Reminders(() -> site, journal, clock);
    }

    /** Looks each minute, each time as a process that was just started. */
    private void minutes(int minutes) {
        for (int i = 0; i < minutes; i++) {
            clock.pass(Duration.ofMinutes(1));
            reminders().look();
        }
    }

    private List<String> reminded(TargetName name) {
        return journal.read(name).stream()
                .filter(TargetEvent.Reminded.class::isInstance)
                .map(event -> ((TargetEvent.Reminded) event).says().toString())
                .toList();
    }

    private void freeze(TargetName name, @Nullable Instant until) {
        Instant now = clock.instant();
        var event = new TargetEvent.Frozen(now, "ben", Phrase.of("release day"), until, 2, "");
        journal.append(name, List.of(event));
    }

    private void lock(@Nullable Instant until) {
        Instant now = clock.instant();
        var event = new TargetEvent.Locked(now, "ben", Phrase.of("2.0"), "", until, "");
        journal.append(NAME, List.of(event));
    }

    @Test
    void who_froze_the_site_is_reminded_once_before_it_runs_out_and_it_ends_by_itself() {
        freeze(Freeze.SITE, clock.instant().plus(Duration.ofHours(2)));
        minutes(104);
        assertThat(reminded(Freeze.SITE)).isEmpty();
        minutes(15);
        assertThat(reminded(Freeze.SITE)).singleElement().asString().contains("freeze all for 2h");
        minutes(10);
        assertThat(reminded(Freeze.SITE)).hasSize(1);
        assertThat(journal.read(Freeze.SITE))
                .filteredOn(TargetEvent.Thawed.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        TargetEvent.Thawed.class,
                        thawed -> assertThat(thawed.by()).isEqualTo("backout"));
    }

    @Test
    void of_a_short_freeze_the_last_quarter_is_told() {
        freeze(NAME, clock.instant().plus(Duration.ofMinutes(8)));
        minutes(5);
        assertThat(reminded(NAME)).isEmpty();
        minutes(1);
        assertThat(reminded(NAME)).hasSize(1);
    }

    @Test
    void an_open_review_is_told_each_day_and_keeps_no_freeze_from_being_told() {
        freeze(Freeze.SITE, null);
        minutes(12 * 60);
        journal.append(
                Freeze.SITE,
                List.of(
                        new TargetEvent.GlassBroken(
                                clock.instant(), "7F3KQ", NAME, "ben", "fire", 2, "slack")));
        minutes(2 * 24 * 60);
        assertThat(reminded(Freeze.SITE))
                .hasSize(4)
                .filteredOn(says -> says.contains("review 7F3KQ because REASON"))
                .hasSize(2);
        journal.append(
                Freeze.SITE,
                List.of(
                        new TargetEvent.GlassReviewed(
                                clock.instant(), "7F3KQ", "dora", Phrase.of("fine"), "")));
        minutes(2 * 24 * 60);
        assertThat(reminded(Freeze.SITE)).hasSize(6);
    }

    @Test
    void a_forgotten_lock_is_told_each_day() {
        lock(null);
        minutes(24 * 60 - 1);
        assertThat(reminded(NAME)).isEmpty();
        minutes(2 * 24 * 60);
        assertThat(reminded(NAME))
                .hasSize(2)
                .first()
                .asString()
                .contains("still locked")
                .contains("unlock relay");
    }

    @Test
    void a_lock_that_runs_out_is_lifted_and_everybody_is_told() {
        lock(clock.instant().plus(HOUR));
        minutes(59);
        assertThat(reminded(NAME)).hasSize(1);
        assertThat(Ledger.of(journal.read(NAME)).lock()).isPresent();
        minutes(5);
        assertThat(Ledger.of(journal.read(NAME)).lock()).isEmpty();
        assertThat(reminded(NAME)).hasSize(2).last().asString().contains("has run out");
    }

    @Test
    void a_freeze_that_is_kept_on_is_reminded_of_anew() {
        freeze(NAME, clock.instant().plus(HOUR));
        minutes(50);
        assertThat(reminded(NAME)).hasSize(1);
        freeze(NAME, clock.instant().plus(HOUR));
        minutes(40);
        assertThat(reminded(NAME)).hasSize(1);
        minutes(10);
        assertThat(reminded(NAME)).hasSize(2);
    }
}
