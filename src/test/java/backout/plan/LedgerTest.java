package backout.plan;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;
import backout.plan.Release.Standing;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class LedgerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Instant hour(int hour) {
        return START.plus(Duration.ofHours(hour));
    }

    private static TargetEvent seen(int hour, String id) {
        return new TargetEvent.Seen(hour(hour), id, "repo:" + id + "@sha256:" + id, id, "");
    }

    private static TargetEvent good(int hour, String id) {
        return new TargetEvent.FoundGood(hour(hour), id, "1." + id);
    }

    private static TargetEvent bad(int hour, String id) {
        return new TargetEvent.MarkedBad(hour(hour), id, Phrase.of("crashes"), "anna");
    }

    private static Ledger ledger(TargetEvent... events) {
        return Ledger.of(List.of(events));
    }

    private static List<String> ids(List<Release> releases) {
        return releases.stream().map(Release::id).toList();
    }

    @Test
    void the_last_good_one_that_ran_is_chosen() {
        Ledger ledger =
                ledger(seen(0, "a"), good(1, "a"), seen(2, "b"), good(3, "b"), seen(4, "c"));
        assertThat(ledger.lastGood("c")).map(Release::id).contains("b");
        assertThat(ledger.lastGood("b")).map(Release::id).contains("a");
    }

    @Test
    void a_release_that_ran_again_counts_from_its_last_run() {
        Ledger ledger =
                ledger(
                        seen(0, "a"),
                        good(1, "a"),
                        seen(2, "b"),
                        good(3, "b"),
                        seen(4, "a"),
                        seen(5, "c"));
        assertThat(ledger.lastGood("c")).map(Release::id).contains("a");
        assertThat(ledger.release("a").orElseThrow().firstSeen()).isEqualTo(hour(0));
    }

    @Test
    void a_release_that_was_never_proven_is_not_chosen_but_offered() {
        Ledger ledger = ledger(seen(0, "a"), seen(1, "b"));
        assertThat(ledger.lastGood("b")).isEmpty();
        assertThat(ids(ledger.candidates("b"))).containsExactly("a");
        assertThat(ledger.release("a").orElseThrow().standing()).isEqualTo(Standing.NEVER_PROVEN);
    }

    @Test
    void a_bad_release_is_neither_chosen_nor_offered_until_it_is_cleared() {
        var events = List.of(seen(0, "a"), good(1, "a"), bad(2, "a"), seen(3, "b"));
        assertThat(Ledger.of(events).lastGood("b")).isEmpty();
        assertThat(Ledger.of(events).candidates("b")).isEmpty();
        assertThat(ids(Ledger.of(events).releases())).containsExactly("b", "a");
        Ledger cleared =
                ledger(
                        events.get(0),
                        events.get(1),
                        events.get(2),
                        events.get(3),
                        new TargetEvent.Cleared(hour(4), "a", "anna"));
        assertThat(cleared.lastGood("b")).map(Release::id).contains("a");
    }

    @Test
    void bad_outweighs_a_later_good_and_a_later_sighting() {
        Ledger ledger = ledger(seen(0, "a"), bad(1, "a"), seen(2, "a"), good(3, "a"));
        assertThat(ledger.release("a").orElseThrow().standing()).isEqualTo(Standing.BAD);
    }

    @Test
    void a_mark_that_came_before_the_first_sighting_holds() {
        assertThat(ledger(bad(0, "a"), seen(1, "a")).release("a").orElseThrow().bad())
                .hasToString("crashes");
        assertThat(
                        ledger(
                                        bad(0, "a"),
                                        new TargetEvent.Cleared(hour(1), "a", "anna"),
                                        seen(2, "a"))
                                .release("a")
                                .orElseThrow()
                                .bad())
                .isNull();
        assertThat(ledger(bad(0, "a")).releases()).isEmpty();
    }

    @Test
    void of_two_seen_at_the_same_moment_the_later_told_is_the_later() {
        assertThat(ids(ledger(seen(0, "a"), seen(0, "b"), seen(0, "c")).releases()))
                .containsExactly("c", "b", "a");
        assertThat(ids(ledger(seen(0, "a"), seen(0, "b"), seen(0, "a")).releases()))
                .containsExactly("a", "b");
    }

    @Test
    void a_sighting_told_late_does_not_turn_time_back() {
        Ledger ledger = ledger(seen(5, "a"), seen(3, "a"), seen(4, "b"));
        assertThat(ledger.release("a").orElseThrow().lastSeen()).isEqualTo(hour(5));
        assertThat(ids(ledger.releases())).containsExactly("a", "b");
    }

    @Test
    void a_later_sighting_loses_neither_digest_nor_tag_nor_version_nor_files() {
        Ledger ledger =
                ledger(
                        seen(0, "a"),
                        good(1, "a"),
                        new TargetEvent.FilesKept(hour(1), "a", "artifact-7"),
                        new TargetEvent.Seen(hour(2), "a", "repo:local", "", ""));
        assertThat(ledger.release("a").orElseThrow())
                .isEqualTo(
                        new Release(
                                "a",
                                "repo:a@sha256:a",
                                "a",
                                "1.a",
                                hour(0),
                                hour(2),
                                hour(1),
                                null,
                                "artifact-7"));
    }

    @Test
    void good_counts_from_the_first_proof() {
        assertThat(
                        ledger(seen(0, "a"), good(1, "a"), good(9, "a"))
                                .release("a")
                                .orElseThrow()
                                .goodSince())
                .isEqualTo(hour(1));
    }

    @Test
    void a_lock_holds_until_it_is_lifted_and_is_renewed_by_the_next_rollback() {
        var first = new TargetEvent.Locked(hour(0), "anna", Phrase.of("5xx"), "run-1");
        var second = new TargetEvent.Locked(hour(2), "ben", Phrase.of("again"), "run-2");
        assertThat(ledger().lock()).isEmpty();
        assertThat(ledger(first).lock())
                .contains(new TargetLock("anna", Phrase.of("5xx"), "run-1", hour(0)));
        assertThat(ledger(first, second).lock())
                .contains(new TargetLock("ben", Phrase.of("again"), "run-2", hour(2)));
        assertThat(
                        ledger(first, new TargetEvent.Unlocked(hour(1), "dora", Phrase.of("fixed")))
                                .lock())
                .isEmpty();
    }

    @Test
    void a_rollback_does_not_take_the_place_of_a_persons_lock_and_outlives_it() {
        var persons =
                new TargetEvent.Locked(hour(0), "li", Phrase.of("freeze"), "", hour(4), "slack");
        var runs = new TargetEvent.Locked(hour(2), "anna", Phrase.of("5xx"), "run-1");
        var over = new TargetEvent.Unlocked(hour(4), "backout", Phrase.of("its time is over"));
        var undone = new TargetEvent.Unlocked(hour(3), "backout", Phrase.of("undone"));
        assertThat(ledger(persons, runs).lock().orElseThrow().until()).isEqualTo(hour(4));
        assertThat(ledger(persons, runs).isLockedBy("run-1")).isTrue();
        assertThat(ledger(persons, runs, over).lock().orElseThrow().run()).isEqualTo("run-1");
        assertThat(ledger(persons, runs, undone).lock().orElseThrow().by()).isEqualTo("li");
        assertThat(ledger(persons, runs, undone, over).lock()).isEmpty();
        var lifted = new TargetEvent.Unlocked(hour(3), "ben", Phrase.of("fixed"));
        assertThat(ledger(persons, runs, lifted).lock()).isEmpty();
    }

    @Test
    void people_know_a_release_by_version_then_tag_then_short_id() {
        assertThat(release("1.2", "v1")).isEqualTo("1.2");
        assertThat(release("", "v1")).isEqualTo("v1");
        assertThat(release("", "")).isEqualTo("0123456789ab");
    }

    private static String release(String version, String tag) {
        return new Release(
                        "sha256:0123456789abcdef",
                        "i",
                        tag,
                        version,
                        START,
                        START,
                        null,
                        null,
                        null)
                .name();
    }

    @Test
    void what_was_good_and_is_marked_is_passed_over_with_its_reason() {
        Ledger ledger =
                ledger(
                        seen(0, "a"),
                        good(1, "a"),
                        bad(2, "a"),
                        seen(3, "b"),
                        bad(4, "b"),
                        seen(5, "c"));
        assertThat(ids(ledger.passedOver("c"))).containsExactly("a");
        assertThat(ledger.passedOver("a")).isEmpty();
    }

    @Test
    void a_mark_by_the_digest_of_an_image_is_one_of_the_release_that_has_it() {
        var by =
                new TargetEvent.MarkedBad(
                        hour(2), "repo@sha256:a", Phrase.of("crashes"), "backout");
        var cleared = new TargetEvent.Cleared(hour(3), "repo@sha256:a", "backout");
        assertThat(ledger(seen(0, "a"), by).release("a").orElseThrow().bad())
                .hasToString("crashes");
        assertThat(ledger(by, seen(4, "a")).release("a").orElseThrow().bad())
                .hasToString("crashes");
        assertThat(ledger(seen(0, "a"), by, cleared).release("a").orElseThrow().bad()).isNull();
        assertThat(ledger(by, cleared, seen(4, "a")).release("a").orElseThrow().bad()).isNull();
        assertThat(ledger(seen(0, "b"), by).release("b").orElseThrow().bad()).isNull();
    }

    @Test
    void the_last_word_on_a_good_release_says_with_what_it_is_good() {
        var slow = new TargetEvent.FoundGood(hour(1), "a", "1.a", List.of(Phrase.of("slow")));
        assertThat(ledger(seen(0, "a"), slow).release("a").orElseThrow().remarks())
                .containsExactly(Phrase.of("slow"));
        assertThat(ledger(seen(0, "a"), slow, good(2, "a")).release("a").orElseThrow().remarks())
                .isEmpty();
    }

    private static TargetEvent provenBy(String id, Phrase... remarks) {
        return new TargetEvent.FoundGood(hour(1), id, "", List.of(remarks), "7F3KQ");
    }

    @Test
    void what_a_run_proved_is_good_at_once_and_says_which_run_proved_it() {
        Release proven =
                ledger(seen(0, "a"), provenBy("a", Phrase.of("slow"))).release("a").orElseThrow();
        assertThat(proven.standing()).isEqualTo(Standing.GOOD);
        assertThat(proven.remarks())
                .containsExactly(Phrase.of("proven in run {0}", "7F3KQ"), Phrase.of("slow"));
    }

    @Test
    void what_a_run_proved_before_anybody_saw_it_is_good_when_it_is_seen() {
        for (String id : List.of("a", "repo@sha256:a")) {
            Ledger ledger = ledger(provenBy(id), seen(2, "a"), seen(3, "b"));
            assertThat(ids(ledger.good("b"))).containsExactly("a");
        }
        assertThat(ledger(provenBy("a"), seen(2, "b")).good("c")).isEmpty();
    }

    @Test
    void what_is_good_already_is_no_less_so_for_a_run_that_proved_it() {
        var ledger = ledger(seen(0, "a"), good(1, "a"), provenBy("a"));
        assertThat(ledger.release("a").orElseThrow().remarks()).isEmpty();
    }

    @Test
    void what_a_person_calls_bad_a_proven_run_does_not_call_good() {
        var bad = new TargetEvent.MarkedBad(hour(1), "a", Phrase.of("leaks"), "anna", true);
        assertThat(ids(ledger(seen(0, "a"), bad, provenBy("a")).good("b"))).isEmpty();
        assertThat(ids(ledger(bad, provenBy("a"), seen(2, "a")).good("b"))).isEmpty();
    }

    @Test
    void what_others_found_good_and_nobody_saw_is_read_as_before() {
        assertThat(ledger(good(0, "a"), seen(1, "a")).good("b")).isEmpty();
    }

    @Test
    void a_release_is_called_so_that_nobody_mistakes_it() {
        var twin = new TargetEvent.Seen(hour(1), "sha256:0123456789abcdef", "repo:x", "a", "");
        assertThat(ledger(seen(0, "a")).called("a")).hasSize(1);
        Ledger both = ledger(seen(0, "a"), twin);
        assertThat(both.called("a")).hasSize(2);
        assertThat(both.sayable(both.release(twin.id()).orElseThrow())).isEqualTo("0123456789ab");
    }

    @Test
    void a_release_whose_version_is_no_word_is_called_by_what_can_be_typed() {
        var tagged = new TargetEvent.Seen(hour(1), "a", "repo:3.0", "3.0", "3.0 [beta] \"x\" it's");
        var bare = new TargetEvent.Seen(hour(2), "sha256:0123456789ab", "repo", "", "3.0 beta");
        Ledger both = ledger(tagged, bare);
        assertThat(both.releases())
                .extracting(both::sayable)
                .containsExactly("0123456789ab", "3.0")
                .allMatch(name -> both.called(name).size() == 1);
    }

    private static TargetEvent seenAt(int minute, String id) {
        return new TargetEvent.Seen(START.plus(Duration.ofMinutes(minute)), id, "r:" + id, id, "");
    }

    @Test
    void only_the_time_that_it_was_seen_to_run_counts() {
        Ledger ledger =
                ledger(
                        seenAt(0, "a"),
                        seenAt(6, "a"),
                        seenAt(8, "b"),
                        seenAt(18, "b"),
                        seenAt(22, "a"),
                        seenAt(24, "a"),
                        seenAt(90, "a"));
        assertThat(ledger.ran("a")).isEqualTo(Duration.ofMinutes(8));
        assertThat(ledger.ran("b")).isEqualTo(Duration.ofMinutes(10));
        assertThat(ledger.ran("c")).isZero();
    }
}
