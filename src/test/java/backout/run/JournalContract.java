package backout.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Journal.Begun;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What every journal keeps to, with the leases that fence it. */
@SuppressWarnings("NullAway.Init")
public abstract class JournalContract {
    protected static final Instant AT = Instant.parse("2026-03-01T02:14:00Z");
    protected static final RunId RUN = new RunId("7F3KQ");
    protected static final RunId OTHER_RUN = new RunId("9GHJK");
    protected static final TargetName RELAY = TargetName.of("compose/relay");
    protected static final TargetName SHOP = TargetName.of("compose/shop");

    private Journal journal;
    private Leases leases;

    /** An empty journal. */
    protected abstract Journal journal();

    /** The leases that fence it, as one process sees them. */
    protected abstract Leases leases();

    /** The same leases, as another process sees them. */
    protected abstract Leases otherLeases();

    @BeforeEach
    void open() {
        journal = journal();
        leases = leases();
    }

    protected static RunEvent.Requested request(RunId run, String delivery, TargetName target) {
        return new RunEvent.Requested(
                AT,
                run,
                delivery,
                "anna",
                target,
                "compose",
                "compose " + target.name() + " because 5xx",
                "5xx",
                Map.of("target", target.name()),
                "");
    }

    protected static RunEvent confirmed(String by) {
        return new RunEvent.Confirmed(AT, by, "0a1b2c3d4e5f");
    }

    protected static RunEvent finished() {
        return new RunEvent.Finished(
                AT, new Outcome(Outcome.Result.PROVEN, Phrase.of("It is well."), Phrase.NONE));
    }

    protected static TargetEvent seen(String id) {
        return new TargetEvent.Seen(AT, id, "repo/relay:1.2", "1.2", "");
    }

    @Test
    void a_new_run_holds_its_request_and_nothing_else() {
        var request = request(RUN, "d1", RELAY);

        assertThat(journal.begin(request)).isEqualTo(new Begun.New(RUN));
        assertThat(journal.read(RUN)).containsExactly(request);
        assertThat(journal.open()).containsExactly(RUN);
    }

    @Test
    void each_event_has_its_place_in_one_chain_over_all_runs_and_targets() {
        journal.begin(request(RUN, "d1", RELAY));
        Head first = journal.sealed(RUN).orElseThrow();
        journal.append(SHOP, List.of(seen("a")));
        journal.append(RUN, 1, List.of(confirmed("anna"), finished()), List.of(seen("b")), null);
        Head last = journal.sealed(RUN).orElseThrow();
        journal.begin(request(OTHER_RUN, "d2", RELAY));

        assertThat(first.number()).isEqualTo(1);
        assertThat(last.number()).isEqualTo(4);
        assertThat(journal.sealed(RUN)).as("nothing was appended to it").contains(last);
        assertThat(journal.sealed(OTHER_RUN).orElseThrow().number()).isEqualTo(6);
    }

    @Test
    void a_run_that_never_began_has_no_place_in_the_chain() {
        assertThat(journal.sealed(RUN)).isEmpty();
    }

    @Test
    void a_run_that_never_began_has_no_events() {
        assertThat(journal.read(RUN)).isEmpty();
    }

    @Test
    void the_same_delivery_finds_the_run_it_began() {
        journal.begin(request(RUN, "d1", RELAY));

        assertThat(journal.begin(request(OTHER_RUN, "d1", RELAY))).isEqualTo(new Begun.Same(RUN));
        assertThat(journal.read(OTHER_RUN)).isEmpty();
    }

    @Test
    void the_same_delivery_finds_its_run_even_when_that_is_finished() {
        journal.begin(request(RUN, "d1", RELAY));
        journal.append(RUN, 1, List.of(finished()), List.of(), null);

        assertThat(journal.begin(request(OTHER_RUN, "d1", RELAY))).isEqualTo(new Begun.Same(RUN));
    }

    @Test
    void a_second_run_on_a_target_is_told_which_run_holds_it() {
        journal.begin(request(RUN, "d1", RELAY));

        assertThat(journal.begin(request(OTHER_RUN, "d2", RELAY))).isEqualTo(new Begun.Held(RUN));
        assertThat(journal.read(OTHER_RUN)).isEmpty();
        assertThat(journal.open()).containsExactly(RUN);
    }

    @Test
    void runs_on_different_targets_do_not_hold_each_other() {
        journal.begin(request(RUN, "d1", RELAY));

        assertThat(journal.begin(request(OTHER_RUN, "d2", SHOP)))
                .isEqualTo(new Begun.New(OTHER_RUN));
        assertThat(journal.open()).containsExactly(RUN, OTHER_RUN);
    }

    private static RunEvent.Requested ofTwo(RunId run, String delivery) {
        RunEvent.Requested first = request(run, delivery, RELAY);
        return new RunEvent.Requested(
                first.at(),
                run,
                delivery,
                first.requester(),
                RELAY,
                first.command(),
                first.words(),
                first.reason(),
                first.values(),
                "",
                "",
                List.of(SHOP),
                null);
    }

    @Test
    void a_run_of_several_targets_holds_each_until_it_is_finished() {
        journal.begin(ofTwo(RUN, "d1"));

        assertThat(journal.read(RUN)).containsExactly(ofTwo(RUN, "d1"));
        assertThat(journal.begin(request(OTHER_RUN, "d2", SHOP))).isEqualTo(new Begun.Held(RUN));
        journal.append(RUN, 1, List.of(finished()), List.of(), null);

        assertThat(journal.begin(request(OTHER_RUN, "d3", SHOP)))
                .isEqualTo(new Begun.New(OTHER_RUN));
    }

    private static TargetEvent frozen() {
        Instant until = AT.plusSeconds(60);
        return new TargetEvent.Frozen(AT, "ben", Phrase.of("release day"), until, 2, "");
    }

    private static RunEvent switchBegan(long second) {
        return new RunEvent.SwitchBegan(AT.plusSeconds(second), List.of("ben"));
    }

    @Test
    void no_switch_of_what_is_frozen_can_begin_not_even_at_the_last_moment() {
        journal.begin(ofTwo(RUN, "d1"));
        for (TargetName name : List.of(RELAY, SHOP, Freeze.SITE)) {
            journal.append(name, List.of(frozen()));
            assertThatThrownBy(
                            () -> journal.append(RUN, 1, List.of(switchBegan(1)), List.of(), null))
                    .isInstanceOf(Journal.Overtaken.class);
            journal.append(name, List.of(new TargetEvent.Thawed(AT, "ben", Phrase.NONE, "")));
        }
        assertThat(journal.read(RUN)).hasSize(1);
        journal.append(RUN, 1, List.of(switchBegan(1)), List.of(), null);
    }

    private static GlassBroken glass() {
        return new GlassBroken(AT, "ben", "abc", "fire", 2, List.of(), "");
    }

    @Test
    void of_two_runs_at_once_one_person_begins_one_without_votes() {
        journal.begin(request(RUN, "d1", RELAY));
        journal.begin(request(OTHER_RUN, "d2", SHOP));
        var broken = new TargetEvent.GlassBroken(AT, RUN.text(), RELAY, "ben", "fire", 2, "");
        journal.append(RUN, 1, List.of(glass()), Map.of(Freeze.SITE, List.of(broken)), null);
        assertThatThrownBy(() -> journal.append(OTHER_RUN, 1, List.of(glass()), List.of(), null))
                .isInstanceOf(Journal.Overtaken.class);
        assertThat(journal.read(OTHER_RUN)).hasSize(1);
        journal.append(
                Freeze.SITE,
                List.of(new TargetEvent.GlassReviewed(AT, RUN.text(), "li", Phrase.NONE, "")));
        journal.append(OTHER_RUN, 1, List.of(glass()), List.of(), null);
        assertThat(journal.read(OTHER_RUN)).hasSize(2);
    }

    @Test
    void a_freeze_that_has_run_out_keeps_nobody() {
        journal.begin(request(RUN, "d1", RELAY));
        journal.append(RELAY, List.of(frozen()));
        journal.append(RUN, 1, List.of(switchBegan(60)), List.of(), null);
        assertThat(journal.read(RUN)).hasSize(2);
    }

    @Test
    void a_run_of_several_targets_begins_only_when_all_are_free() {
        journal.begin(request(OTHER_RUN, "d1", SHOP));

        assertThat(journal.begin(ofTwo(RUN, "d2"))).isEqualTo(new Begun.Held(OTHER_RUN));
        assertThat(journal.begin(request(RUN, "d3", RELAY))).isEqualTo(new Begun.New(RUN));
    }

    @Test
    void finishing_gives_the_target_free() {
        journal.begin(request(RUN, "d1", RELAY));
        journal.append(RUN, 1, List.of(finished()), List.of(), null);

        assertThat(journal.open()).isEmpty();
        assertThat(journal.begin(request(OTHER_RUN, "d2", RELAY)))
                .isEqualTo(new Begun.New(OTHER_RUN));
    }

    @Test
    void a_name_that_another_run_has_is_refused_and_can_be_tried_with_another() {
        journal.begin(request(RUN, "d1", RELAY));

        assertThatThrownBy(() -> journal.begin(request(RUN, "d2", SHOP)))
                .isInstanceOf(Journal.Overtaken.class);
        assertThat(journal.read(RUN)).hasSize(1);
        assertThat(journal.begin(request(OTHER_RUN, "d2", SHOP)))
                .isEqualTo(new Begun.New(OTHER_RUN));
    }

    @Test
    void events_come_back_in_the_order_in_which_they_were_appended() {
        journal.begin(request(RUN, "d1", RELAY));
        journal.append(RUN, 1, List.of(confirmed("anna"), confirmed("ben")), List.of(), null);
        journal.append(RUN, 3, List.of(confirmed("cleo")), List.of(), null);

        assertThat(journal.read(RUN).subList(1, 4))
                .containsExactly(confirmed("anna"), confirmed("ben"), confirmed("cleo"));
    }

    @Test
    void who_read_too_little_is_refused_and_nothing_is_written() {
        journal.begin(request(RUN, "d1", RELAY));
        journal.append(RUN, 1, List.of(confirmed("anna")), List.of(), null);

        assertThatThrownBy(
                        () -> journal.append(RUN, 1, List.of(finished()), List.of(seen("a")), null))
                .isInstanceOf(Journal.Overtaken.class);
        assertThat(journal.read(RUN)).hasSize(2);
        assertThat(journal.read(RELAY)).isEmpty();
        assertThat(journal.open()).containsExactly(RUN);
    }

    @Test
    void nothing_is_appended_to_a_run_that_never_began() {
        assertThatThrownBy(
                        () -> journal.append(RUN, 0, List.of(confirmed("anna")), List.of(), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_and_an_unreadable_event_are_never_appended() {
        journal.begin(request(RUN, "d1", RELAY));

        for (var event :
                List.of(request(RUN, "d2", RELAY), new RunEvent.Unreadable(AT, 2, "planned"))) {
            assertThatThrownBy(() ->
                            journal.append(
                                    RUN, 1, List.of(confirmed("anna"), event), List.of(), null))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(journal.read(RUN)).hasSize(1);
    }

    @Test
    void the_current_lease_may_append() {
        journal.begin(request(RUN, "d1", RELAY));
        Lease lease = leases.take(RELAY.toString(), Duration.ofMinutes(1)).orElseThrow();

        journal.append(RUN, 1, List.of(confirmed("anna")), List.of(), lease);

        assertThat(journal.read(RUN)).hasSize(2);
    }

    @Test
    void a_renewed_lease_is_the_same_right() {
        journal.begin(request(RUN, "d1", RELAY));
        Lease lease = leases.take(RELAY.toString(), Duration.ofMinutes(1)).orElseThrow();
        assertThat(leases.renew(lease, Duration.ofMinutes(2))).isPresent();

        journal.append(RUN, 1, List.of(confirmed("anna")), List.of(), lease);

        assertThat(journal.read(RUN)).hasSize(2);
    }

    @Test
    void who_lost_the_lease_is_refused_and_nothing_is_written() {
        journal.begin(request(RUN, "d1", RELAY));
        Lease lost = leases.take(RELAY.toString(), Duration.ZERO).orElseThrow();
        assertThat(otherLeases().take(RELAY.toString(), Duration.ofMinutes(1))).isPresent();

        assertThatThrownBy(
                        () -> journal.append(RUN, 1, List.of(finished()), List.of(seen("a")), lost))
                .isInstanceOf(Journal.Overtaken.class);
        assertThat(journal.read(RUN)).hasSize(1);
        assertThat(journal.read(RELAY)).isEmpty();
        assertThat(journal.open()).containsExactly(RUN);
    }

    @Test
    void who_gave_the_lease_back_is_refused() {
        journal.begin(request(RUN, "d1", RELAY));
        Lease lease = leases.take(RELAY.toString(), Duration.ofMinutes(1)).orElseThrow();
        leases.release(lease);

        assertThatThrownBy(
                        () -> journal.append(RUN, 1, List.of(confirmed("anna")), List.of(), lease))
                .isInstanceOf(Journal.Overtaken.class);
    }

    @Test
    void what_a_run_learns_about_its_target_is_in_the_target_s_stream() {
        journal.begin(request(RUN, "d1", RELAY));
        journal.append(RELAY, List.of(seen("a")));
        journal.append(RUN, 1, List.of(confirmed("anna")), List.of(seen("b"), seen("c")), null);
        journal.append(RELAY, List.of(seen("d")));

        assertThat(journal.read(RELAY)).containsExactly(seen("a"), seen("b"), seen("c"), seen("d"));
        assertThat(journal.read(SHOP)).isEmpty();
    }

    @Test
    void who_asks_what_changed_is_told_of_each_run_once() {
        assertThat(journal.since(Journal.Changes.NEVER).runs()).isEmpty();
        long empty = journal.since(Journal.Changes.NEVER).mark();
        journal.begin(request(RUN, "d1", RELAY));
        journal.begin(request(OTHER_RUN, "d2", SHOP));
        var begun = journal.since(empty);
        assertThat(begun.runs()).containsExactlyInAnyOrder(RUN, OTHER_RUN);
        assertThat(journal.since(begun.mark()).runs()).isEmpty();
        journal.append(RUN, 1, List.of(confirmed("anna"), confirmed("anna")), List.of(), null);
        var changed = journal.since(begun.mark());
        assertThat(changed.runs()).containsExactly(RUN);
        assertThat(journal.since(changed.mark())).isEqualTo(journal.since(Journal.Changes.NEVER));
    }

    @Test
    void the_last_runs_come_newest_first() {
        var third = new RunId("AAAAA");
        journal.begin(request(RUN, "d1", RELAY));
        journal.append(RUN, 1, List.of(finished()), List.of(), null);
        journal.begin(request(OTHER_RUN, "d2", SHOP));
        journal.begin(request(third, "d3", RELAY));

        assertThat(journal.recent(2)).containsExactly(third, OTHER_RUN);
        assertThat(journal.recent(10)).containsExactly(third, OTHER_RUN, RUN);
        assertThat(journal.open()).containsExactly(OTHER_RUN, third);
    }

    @Test
    void of_many_who_ask_at_once_one_gets_the_target() throws Exception {
        var begun =
                atOnce(8, i -> journal.begin(request(new RunId("AAAA" + (i + 2)), "d" + i, RELAY)));

        assertThat(begun).filteredOn(Begun.New.class::isInstance).hasSize(1);
        assertThat(begun).filteredOn(Begun.Held.class::isInstance).hasSize(7);
    }

    @Test
    void of_many_who_append_at_once_each_is_written_once_or_refused() throws Exception {
        journal.begin(request(RUN, "d1", RELAY));

        List<String> written = new ArrayList<>();
        atOnce(8, i -> insist("voter-" + i)).forEach(written::addAll);

        var kept =
                journal.read(RUN).stream()
                        .skip(1)
                        .map(event -> ((RunEvent.Confirmed) event).by())
                        .toList();
        Collections.sort(written);
        assertThat(kept.stream().sorted().toList()).isEqualTo(written).hasSize(8 * 10);
    }

    /** Ten appends, each read again and repeated as often as somebody else was first. */
    private List<String> insist(String who) {
        var written = new ArrayList<String>();
        while (written.size() < 10) {
            String name = who + "/" + written.size();
            try {
                int read = journal.read(RUN).size();
                journal.append(RUN, read, List.of(confirmed(name)), List.of(), null);
                written.add(name);
            } catch (Journal.Overtaken _) {
                Thread.onSpinWait();
            }
        }
        return written;
    }

    /** What one of several threads does. */
    protected interface Part<T> {
        T of(int number);
    }

    protected static <T> List<T> atOnce(int threads, Part<T> part) throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Callable<T>>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                work.add(() -> part.of(number));
            }
            var results = new ArrayList<T>();
            for (Future<T> done : pool.invokeAll(work)) {
                results.add(done.get());
            }
            return results;
        }
    }

    @Test
    void of_each_target_the_last_condition_is_kept() {
        var relay = TargetName.of("compose/relay");
        assertThat(journal.condition(relay)).isEmpty();
        for (var finding : Evidence.Finding.values()) {
            var condition =
                    new Condition(
                            Instant.EPOCH,
                            "sha256:a",
                            finding,
                            Instant.EPOCH,
                            Phrase.of("{0} answered", 500),
                            Phrase.NONE);
            journal.note(relay, condition);
            assertThat(journal.condition(relay)).contains(condition);
        }
        assertThat(journal.condition(TargetName.of("compose/other"))).isEmpty();
    }
}
