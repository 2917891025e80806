package backout.watch;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.watch.Suspicion.Calm;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class SuspicionTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final List<TargetEvent> events = new ArrayList<>();
    private Map<String, Object> settings =
            Map.of("automatic", "countdown 60s", "watch.unwell-for", Duration.ofMinutes(2));
    private List<Phrase> outside = List.of();
    private List<TargetName> alsoFell = List.of();
    private boolean runs = true;

    private static Instant at(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    private void seen(int minute, String release) {
        events.add(new TargetEvent.Seen(at(minute), release, release, release, ""));
    }

    private void felt(int minute, String release, boolean well) {
        events.add(new TargetEvent.Felt(at(minute), release, well));
    }

    private void deployedAndFell() {
        seen(0, "old");
        felt(0, "old", true);
        seen(10, "new");
        felt(11, "new", false);
    }

    private Suspicion at(int minute, Finding health) {
        int ranks = health == Finding.UNKNOWN ? -1 : health == Finding.WELL ? 0 : 1;
        var row = new Evidence.Row("container [STATE]", Phrase.NONE, Phrase.NONE, health, true, "");
        var evidence = new Evidence(health, List.of(row), ranks, List.of(), Duration.ZERO, outside);
        return Suspicion.of(
                new Settings(settings),
                Past.of(events),
                new Suspicion.Look(evidence, runs, false, alsoFell),
                at(minute));
    }

    @Test
    void a_new_release_that_is_unwell_for_long_enough_where_the_former_was_well() {
        deployedAndFell();
        assertThat(at(12, Finding.UNWELL)).isEqualTo(Calm.NOT_YET);
        assertThat(at(13, Finding.UNWELL))
                .isEqualTo(
                        new Suspicion.Suspect(at(11), at(10), Phrase.NONE, Duration.ofSeconds(60)));
    }

    @Test
    void off_is_off() {
        deployedAndFell();
        settings = Map.of("automatic", "off");
        assertThat(at(20, Finding.UNWELL)).isEqualTo(Calm.TURNED_OFF);
    }

    @Test
    void propose_waits_for_a_person() {
        deployedAndFell();
        settings = Map.of("automatic", "propose", "watch.unwell-for", Duration.ofMinutes(2));
        assertThat(at(20, Finding.UNWELL))
                .isEqualTo(new Suspicion.Suspect(at(11), at(10), Phrase.NONE, null));
    }

    @Test
    void what_cannot_be_seen_is_never_proposed() {
        deployedAndFell();
        assertThat(at(20, Finding.UNKNOWN)).isEqualTo(Calm.CANNOT_BE_SEEN);
    }

    @Test
    void what_was_unwell_before_the_change_is_never_proposed() {
        seen(0, "old");
        felt(0, "old", true);
        felt(9, "old", false);
        seen(10, "new");
        felt(10, "new", false);
        assertThat(at(20, Finding.UNWELL)).isEqualTo(Calm.WAS_UNWELL_BEFORE);
    }

    @Test
    void what_nobody_saw_well_before_the_change_is_never_proposed() {
        seen(0, "old");
        seen(10, "new");
        felt(10, "new", false);
        assertThat(at(20, Finding.UNWELL)).isEqualTo(Calm.WAS_UNWELL_BEFORE);
    }

    @Test
    void the_first_release_that_was_ever_seen_took_nobodys_place() {
        seen(0, "old");
        felt(0, "old", false);
        assertThat(at(20, Finding.UNWELL)).isEqualTo(Calm.NOT_CHANGED);
    }

    @Test
    void a_release_that_ran_well_for_an_hour_is_not_ill_because_it_came() {
        seen(0, "old");
        felt(0, "old", true);
        seen(10, "new");
        felt(11, "new", true);
        felt(71, "new", false);
        assertThat(at(80, Finding.UNWELL)).isEqualTo(Calm.NOT_CHANGED);
    }

    @Test
    void one_that_fell_ill_within_the_hour_is() {
        seen(0, "old");
        felt(0, "old", true);
        seen(10, "new");
        felt(11, "new", true);
        felt(69, "new", false);
        assertThat(at(80, Finding.UNWELL)).isInstanceOf(Suspicion.Suspect.class);
    }

    @Test
    void a_well_look_in_between_starts_again() {
        deployedAndFell();
        felt(12, "new", true);
        felt(14, "new", false);
        assertThat(at(15, Finding.UNWELL)).isEqualTo(Calm.NOT_YET);
        assertThat(at(16, Finding.UNWELL)).isInstanceOf(Suspicion.Suspect.class);
    }

    @Test
    void one_an_hour_at_most() {
        deployedAndFell();
        events.add(new TargetEvent.Proposed(at(13), "7F3KQ"));
        assertThat(at(72, Finding.UNWELL)).isEqualTo(Calm.PROPOSED_BEFORE);
        assertThat(at(73, Finding.UNWELL)).isInstanceOf(Suspicion.Suspect.class);
    }

    @Test
    void the_first_of_two_intents_counts() {
        events.add(new TargetEvent.Proposed(at(13), "7F3KQ"));
        events.add(new TargetEvent.Proposed(at(14), "8G4MR"));
        assertThat(Past.of(events).proposed().orElseThrow().run()).isEqualTo("7F3KQ");
    }

    @Test
    void a_dependency_that_is_down_is_told_and_nothing_begins_by_itself() {
        deployedAndFell();
        outside = List.of(Phrase.of("redis is down"));
        assertThat(at(20, Finding.UNWELL))
                .isEqualTo(
                        new Suspicion.Suspect(at(11), at(10), Phrase.joined("; ", outside), null));
    }

    @Test
    void where_others_fell_at_the_same_time_nothing_begins_by_itself() {
        deployedAndFell();
        alsoFell = List.of(new TargetName("sim", "shop"));
        assertThat(at(20, Finding.UNWELL))
                .isInstanceOfSatisfying(
                        Suspicion.Suspect.class,
                        one -> {
                            assertThat(one.countdown()).isNull();
                            assertThat(one.doubt().toString()).contains("sim/shop");
                        });
    }

    @Test
    void where_nothing_runs_somebody_may_have_stopped_it() {
        deployedAndFell();
        runs = false;
        assertThat(at(20, Finding.UNWELL))
                .isInstanceOfSatisfying(
                        Suspicion.Suspect.class, one -> assertThat(one.countdown()).isNull());
    }

    @Test
    void the_same_release_started_again_is_no_change() {
        deployedAndFell();
        seen(40, "new");
        assertThat(Past.of(events).changed()).contains(at(10));
    }
}
