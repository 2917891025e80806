package backout.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.approval.Person;
import backout.approval.Policy;
import backout.chat.ChatRequest;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.frontdesk.FrontDesk;
import backout.frontdesk.Origin;
import backout.frontdesk.Reply;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Evidence.Finding;
import backout.run.Executors;
import backout.run.HandClock;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.Offer;
import backout.run.Outcome.Result;
import backout.run.Proposal;
import backout.run.ProposalEvent;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.run.Runner;
import backout.story.SimService;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** From the first unwell look to the end, with a clock that jumps. */
class ProposalTest {
    private static final TargetName NAME = new TargetName("sim", "relay");
    private static final TargetName NEIGHBOUR = new TargetName("next", "web");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private final HandClock clock = new HandClock();
    private final MemoryLeases leases = new MemoryLeases(clock);
    private final SimService service = new SimService();
    private final SimService neighbour = new SimService();
    private final Random random = new Random(7);
    private Consumer<String> boundary = _ -> {};
    private final MemoryJournal journal = new MemoryJournal(leases, at -> boundary.accept(at));
    private Site site = site("propose");

    private static Site site(String automatic) {
        return new Site(
                List.of(
                        command("sim", "[TARGET] [because REASON...]", "rollback", "sim"),
                        command("confirm", "RUN [plan PLAN]", "confirm", ""),
                        command("approve", "RUN", "approve", ""),
                        command("cancel", "RUN [because REASON...]", "cancel", ""),
                        command("fix", "RUN", "fix", ""),
                        command("fixed", "RUN", "fixed", ""),
                        command("snooze", "RUN", "snooze", ""),
                        command("unlock", "TARGET [because REASON...]", "unlock", "")),
                Map.of(NAME, target(NAME, automatic), NEIGHBOUR, target(NEIGHBOUR, automatic)),
                Map.of(
                        "li", new Person("li", 1, Map.of()),
                        "anna", new Person("anna", 2, Map.of()),
                        "eve", new Person("eve", 0, Map.of())),
                Map.of("some", new Policy("some", 1, 2, HOUR, HOUR, HOUR, false)));
    }

    private static Target target(TargetName name, String automatic) {
        return new Target(
                name,
                "local",
                "some",
                Duration.ofMinutes(1),
                Duration.ZERO,
                List.of(),
                new Settings(
                        Map.of("automatic", automatic, "watch.unwell-for", Duration.ofMinutes(2))));
    }

    private static CommandSpec command(String name, String words, String does, String kind) {
        return new CommandSpec(
                name,
                name,
                Grammar.of(words),
                does,
                kind,
                1,
                List.of(),
                kind.isEmpty() ? List.of() : List.of("sim.box"),
                List.of());
    }

    private Runner runner() {
        return new Runner(site, executors(), journal, leases, clock, this::nanos);
    }

    private Executors executors() {
        return new Executors(Map.of("sim", service, "next", neighbour), clock);
    }

    private long nanos() {
        return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    private void look() {
        watch().look(site.target(NAME).orElseThrow());
        journal.open().forEach(id -> runner().drive(id));
    }

    /** A process of its own each time: all that it knows is in the journal. */
    private LedgerWatch watch() {
        return new LedgerWatch(
                () -> site,
                executors(),
                runner(),
                journal,
                clock,
                this::nanos,
                () -> RunId.random(random),
                _ -> {});
    }

    private void pass(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minus(LOOK_EVERY)) {
            clock.pass(LOOK_EVERY);
            look();
        }
    }

    /** The good release is proven, then the bad one is deployed. */
    private void deployBad() {
        service.deploy(SimService.GOOD);
        LedgerWatch watch = watch();
        for (int i = 0; i < 4; i++) {
            watch.look(site.target(NAME).orElseThrow());
            clock.pass(LOOK_EVERY);
        }
        service.deploy(SimService.BAD);
        look();
    }

    private Reply says(String person, String words) {
        var desk =
                new FrontDesk(
                        site,
                        journal,
                        runner(),
                        clock,
                        () -> RunId.random(random),
                        _ -> true,
                        Origin.ofProcess(Map.of()));
        Reply reply = desk.take(ChatRequest.Typed.once("test", person, words));
        journal.open().forEach(id -> runner().drive(id));
        return reply;
    }

    private List<Run> runs() {
        return journal.recent(100).stream().map(id -> Run.of(journal.read(id))).toList();
    }

    private Run only() {
        assertThat(runs()).hasSize(1);
        return runs().getFirst();
    }

    private static long count(Run run, Class<? extends RunEvent> type) {
        return run.events().stream().filter(type::isInstance).count();
    }

    @Test
    void a_new_release_that_stays_unwell_gives_one_proposal_with_its_plan() {
        deployBad();
        pass(Duration.ofSeconds(90));
        assertThat(runs()).isEmpty();
        pass(Duration.ofSeconds(30));
        Run run = only();
        assertThat(run.requester()).isEqualTo("backout");
        assertThat(run.plan().to().identity()).isEqualTo(SimService.GOOD);
        assertThat(Proposal.of(run.request()).orElseThrow().what().toString())
                .contains("container [STATE]");
        pass(Duration.ofHours(3));
        assertThat(only().outcome()).isEmpty();
        assertThat(service.moves()).isZero();
    }

    @Test
    void who_takes_it_up_is_the_requester_and_does_not_approve_it() {
        deployBad();
        pass(Duration.ofMinutes(2));
        String id = only().id().text();
        says("anna", "confirm " + id);
        assertThat(only().requester()).isEqualTo("anna");
        assertThat(only().isConfirmed()).isTrue();
        assertThatThrownBy(() -> says("anna", "approve " + id))
                .hasMessageContaining("nobody approves their own rollback");
        assertThat(service.moves()).isZero();
    }

    @Test
    void taken_up_and_approved_it_goes_as_any_other() {
        deployBad();
        pass(Duration.ofMinutes(2));
        String id = only().id().text();
        says("li", "confirm " + id);
        says("anna", "approve " + id);
        assertThat(only().outcome().orElseThrow().result()).isEqualTo(Result.PROVEN);
        assertThat(service.runs()).isEqualTo(SimService.GOOD);
    }

    @Test
    void who_may_only_look_does_not_take_it_up() {
        deployBad();
        pass(Duration.ofMinutes(2));
        String id = only().id().text();
        assertThatThrownBy(() -> says("eve", "confirm " + id)).hasMessageContaining("L1");
        assertThatThrownBy(() -> says("eve", "fix " + id)).hasMessageContaining("L1");
    }

    @Test
    void it_ends_by_itself_when_the_service_is_well_again() {
        deployBad();
        pass(Duration.ofMinutes(2));
        service.health(SimService.BAD, Finding.WELL);
        pass(LOOK_EVERY);
        assertThat(only().outcome().orElseThrow().says().toString())
                .contains("well again since", "nothing was done");
    }

    @Test
    void while_somebody_mends_it_one_good_look_ends_nothing_and_what_held_does() {
        deployBad();
        pass(Duration.ofMinutes(2));
        says("li", "fix " + only().id());
        service.health(SimService.BAD, Finding.WELL);
        pass(LOOK_EVERY);
        says("li", "fixed " + only().id());
        pass(LOOK_EVERY);
        assertThat(only().outcome()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(only().outcome().orElseThrow().says().toString())
                .contains("the fix of li held since");
    }

    @Test
    void a_fix_that_does_not_hold_leaves_it_to_people_at_once() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(2));
        says("li", "fixed " + only().id());
        pass(Duration.ofMinutes(5));
        Run run = only();
        assertThat(run.outcome()).isEmpty();
        assertThat(Offer.of(run).orElseThrow().held(clock.instant())).isEmpty();
        assertThat(count(run, ProposalEvent.LeftToPeople.class)).isEqualTo(1);
        assertThat(service.moves()).isZero();
    }

    @Test
    void it_ends_when_somebody_deployed_another_release() {
        deployBad();
        pass(Duration.ofMinutes(2));
        service.deploy(SimService.GOOD);
        pass(LOOK_EVERY);
        assertThat(only().outcome().orElseThrow().says().toString())
                .contains("another release runs now");
    }

    @Test
    void no_incident_ends_it_and_says_who() {
        deployBad();
        pass(Duration.ofMinutes(2));
        says("li", "cancel " + only().id() + " because a load test");
        assertThat(only().outcome().orElseThrow().says().toString())
                .contains("li said that it is no incident: a load test");
        pass(Duration.ofMinutes(50));
        assertThat(runs()).hasSize(1);
    }

    @Test
    void a_service_that_flaps_is_proposed_once_an_hour() {
        deployBad();
        for (int i = 0; i < 20; i++) {
            service.health(SimService.BAD, Finding.UNWELL);
            pass(Duration.ofMinutes(4));
            service.health(SimService.BAD, Finding.WELL);
            pass(Duration.ofMinutes(2));
        }
        assertThat(runs()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void a_persons_own_rollback_takes_its_place() {
        deployBad();
        pass(Duration.ofMinutes(2));
        RunId proposal = only().id();
        says("li", "sim relay because I see it too");
        assertThat(runs()).hasSize(2);
        assertThat(Run.of(journal.read(proposal)).outcome().orElseThrow().says().toString())
                .contains("li asked for a rollback of their own");
        assertThat(runs().getFirst().requester()).isEqualTo("li");
    }

    @Test
    void what_was_taken_up_is_somebodys_rollback_and_holds_the_target() {
        deployBad();
        pass(Duration.ofMinutes(2));
        says("li", "confirm " + only().id());
        assertThatThrownBy(() -> says("anna", "sim relay because now"))
                .hasMessageContaining("of li holds it");
    }

    @Test
    void a_countdown_that_nobody_vetoes_goes_by_itself_and_says_so() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(2));
        assertThat(service.moves()).isZero();
        pass(Duration.ofSeconds(60));
        assertThat(only().outcome().orElseThrow().result()).isEqualTo(Result.PROVEN);
        assertThat(only().requester()).isEqualTo("backout");
        assertThat(service.runs()).isEqualTo(SimService.GOOD);
        assertThat(journal.read(NAME)).hasAtLeastOneElementOfType(TargetEvent.WentBack.class);
    }

    @Test
    void a_veto_ends_the_countdown() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(2));
        says("li", "cancel " + only().id());
        pass(Duration.ofMinutes(30));
        assertThat(service.moves()).isZero();
    }

    @Test
    void a_fix_that_is_tried_pauses_it_and_it_starts_anew() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(2));
        says("li", "fix " + only().id());
        pass(Duration.ofMinutes(5));
        assertThat(service.moves()).isZero();
        pass(Duration.ofSeconds(60));
        assertThat(service.runs()).isEqualTo(SimService.GOOD);
    }

    @Test
    void a_snooze_pauses_it_for_an_hour() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(2));
        says("li", "snooze " + only().id());
        pass(Duration.ofMinutes(60));
        assertThat(service.moves()).isZero();
        pass(Duration.ofSeconds(60));
        assertThat(service.runs()).isEqualTo(SimService.GOOD);
    }

    @Test
    void it_never_goes_past_a_lock() {
        site = site("countdown 60s");
        deployBad();
        journal.append(
                NAME,
                List.of(
                        new TargetEvent.Locked(
                                clock.instant(), "li", Phrase.of("rolled back"), "8G4MR")));
        pass(Duration.ofMinutes(10));
        assertThat(service.moves()).isZero();
        assertThat(count(only(), ProposalEvent.LeftToPeople.class)).isEqualTo(1);
    }

    @Test
    void it_never_goes_twice_in_a_row() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(3));
        assertThat(service.moves()).isEqualTo(1);
        journal.append(
                NAME, List.of(new TargetEvent.Unlocked(clock.instant(), "backout", Phrase.NONE)));
        clock.pass(Duration.ofHours(2));
        pass(Duration.ofMinutes(2));
        service.deploy(SimService.BAD);
        pass(Duration.ofMinutes(10));
        assertThat(service.moves()).isEqualTo(1);
        assertThat(runs()).hasSize(2);
        assertThat(count(runs().getFirst(), ProposalEvent.LeftToPeople.class)).isEqualTo(1);
    }

    @Test
    void what_nobody_can_see_any_more_is_not_touched() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(2));
        service.health(SimService.BAD, Finding.UNKNOWN);
        pass(Duration.ofMinutes(10));
        assertThat(service.moves()).isZero();
        assertThat(only().outcome()).isEmpty();
    }

    @Test
    void after_a_long_downtime_of_the_bot_it_looks_before_it_goes() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(2));
        clock.pass(Duration.ofHours(5));
        service.health(SimService.BAD, Finding.WELL);
        journal.open().forEach(id -> runner().drive(id));
        pass(LOOK_EVERY);
        assertThat(service.moves()).isZero();
        assertThat(only().outcome().orElseThrow().says().toString()).contains("well again");
    }

    private void frozen(TargetName name, Duration lasts) {
        var event =
                new TargetEvent.Frozen(
                        clock.instant(),
                        "li",
                        Phrase.of("the fair"),
                        clock.instant().plus(lasts),
                        3,
                        "");
        journal.append(name, List.of(event));
    }

    /** Nothing was done, the proposal stands, and a person may still take it up. */
    private void assertLeftToPeople(String why) {
        assertThat(service.moves()).isZero();
        Run run = only();
        assertThat(run.outcome()).isEmpty();
        assertThat(count(run, RunEvent.Confirmed.class)).isZero();
        assertThat(Offer.of(run).orElseThrow().left().orElseThrow().toString()).contains(why);
    }

    @Test
    void it_never_goes_past_a_freeze_that_was_there_before() {
        site = site("countdown 60s");
        deployBad();
        frozen(NAME, Duration.ofDays(2));
        pass(Duration.ofMinutes(10));
        assertLeftToPeople("frozen by li");
    }

    @Test
    void it_never_goes_past_a_freeze_of_the_site_that_comes_while_it_counts_down() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(2));
        assertThat(Offer.of(only()).orElseThrow().begins()).isPresent();
        frozen(Freeze.SITE, Duration.ofMinutes(5));
        pass(Duration.ofMinutes(10));
        assertLeftToPeople("the whole site is frozen by li");
    }

    @Test
    void it_never_goes_past_a_freeze_that_comes_when_it_has_begun_but_not_yet_switched() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(2));
        var frozen = new AtomicInteger();
        boundary =
                at -> {
                    if (at.equals("before switch-began") && frozen.getAndIncrement() == 0) {
                        frozen(NAME, Duration.ofDays(2));
                    }
                };
        pass(Duration.ofMinutes(10));
        assertThat(frozen.get()).isEqualTo(1);
        assertThat(service.moves()).isZero();
        assertThat(runs().getLast().outcome().orElseThrow().says().toString())
                .contains("frozen by li");
    }

    @Test
    void it_never_goes_to_a_release_that_was_not_proven_good() {
        site = site("countdown 60s");
        service.deploy(SimService.GOOD);
        look();
        clock.pass(LOOK_EVERY);
        service.deploy(SimService.BAD);
        look();
        pass(Duration.ofMinutes(10));
        assertLeftToPeople("1.0 is not proven good");
    }

    @Test
    void it_never_goes_to_a_release_that_somebody_marks_bad_while_it_counts_down() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(2));
        assertThat(Offer.of(only()).orElseThrow().begins()).isPresent();
        journal.append(
                NAME,
                List.of(
                        new TargetEvent.MarkedBad(
                                clock.instant(),
                                SimService.GOOD,
                                Phrase.of("it loses orders"),
                                "li",
                                true)));
        pass(Duration.ofMinutes(10));
        assertLeftToPeople("1.0 is not proven good");
    }

    @Test
    void it_never_counts_down_while_a_run_of_a_person_is_open_and_does_when_that_was_cancelled() {
        site = site("countdown 60s");
        deployBad();
        says("li", "sim relay because I see it too");
        pass(Duration.ofMinutes(10));
        assertThat(only().requester()).isEqualTo("li");
        assertThat(service.moves()).isZero();
        assertThat(journal.read(NAME)).noneMatch(TargetEvent.Proposed.class::isInstance);

        says("li", "cancel " + only().id());
        pass(LOOK_EVERY);
        assertThat(runs()).hasSize(2);
        assertThat(runs().getFirst().requester()).isEqualTo("backout");
        pass(Duration.ofSeconds(60));
        assertThat(service.moves()).isEqualTo(1);
    }

    @Test
    void taken_up_while_it_counts_down_it_is_one_run_of_that_person_and_waits_for_the_vote() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(2));
        says("li", "confirm " + only().id());
        assertThatThrownBy(() -> says("anna", "confirm " + only().id()))
                .hasMessageContaining("only li, who asked for it, confirms");
        pass(Duration.ofMinutes(10));
        assertThat(service.moves()).isZero();

        says("anna", "approve " + only().id());
        pass(Duration.ofMinutes(10));
        assertOneRunOf("li");
    }

    @Test
    void taken_up_in_the_very_moment_in_which_it_begins_by_itself_it_is_one_run() {
        site = site("countdown 60s");
        deployBad();
        pass(Duration.ofMinutes(2));
        var pressed = new AtomicInteger();
        boundary =
                at -> {
                    if (at.equals("before taken-up+confirmed") && pressed.getAndIncrement() == 0) {
                        says("li", "confirm " + only().id());
                    }
                };
        pass(Duration.ofMinutes(2));
        assertThat(pressed.get()).isPositive();
        assertThat(service.moves()).isZero();
        says("anna", "approve " + only().id());
        pass(Duration.ofMinutes(10));
        assertOneRunOf("li");
        assertThat(journal.read(NAME)).noneMatch(TargetEvent.WentBack.class::isInstance);
    }

    private void assertOneRunOf(String person) {
        Run run = only();
        assertThat(run.requester()).isEqualTo(person);
        assertThat(run.outcome().orElseThrow().result()).isEqualTo(Result.PROVEN);
        assertThat(count(run, ProposalEvent.TakenUp.class)).isEqualTo(1);
        assertThat(count(run, RunEvent.SwitchBegan.class)).isEqualTo(1);
        assertThat(service.moves()).isEqualTo(1);
    }

    @Test
    void where_another_target_falls_with_it_that_was_not_deployed_nothing_counts_down() {
        site = site("countdown 60s");
        neighbour.deploy(SimService.GOOD);
        for (int i = 0; i < 4; i++) {
            watch().look(site.target(NEIGHBOUR).orElseThrow());
        }
        deployBad();
        neighbour.health(SimService.GOOD, Finding.UNWELL);
        watch().look(site.target(NEIGHBOUR).orElseThrow());
        pass(Duration.ofMinutes(30));

        Run run = only();
        assertThat(run.request().target()).isEqualTo(NAME);
        assertThat(Proposal.of(run.request()).orElseThrow().doubt().toString())
                .contains("with the releases that they had", NEIGHBOUR.toString());
        assertThat(Offer.of(run).orElseThrow().begins()).isEmpty();
        assertThat(service.moves()).isZero();
        assertThat(neighbour.moves()).isZero();
    }

    @Test
    void another_target_that_was_unwell_long_before_is_no_doubt() {
        site = site("countdown 60s");
        neighbour.deploy(SimService.GOOD);
        watch().look(site.target(NEIGHBOUR).orElseThrow());
        neighbour.health(SimService.GOOD, Finding.UNWELL);
        watch().look(site.target(NEIGHBOUR).orElseThrow());
        clock.pass(HOUR);
        deployBad();
        watch().look(site.target(NEIGHBOUR).orElseThrow());
        pass(Duration.ofMinutes(3));
        assertThat(only().outcome().orElseThrow().result()).isEqualTo(Result.PROVEN);
        assertThat(service.moves()).isEqualTo(1);
    }

    /** What one process is about to write the other has written in that second. */
    @ParameterizedTest
    @DisplayName("C16 two replicas make one proposal, and well again is its only end")
    @ValueSource(strings = {"propose", "countdown 60s"})
    void two_replicas_make_one_proposal_and_well_again_is_its_only_end(String automatic) {
        site = site(automatic);
        var others = new AtomicInteger();
        deployBad();
        boundary =
                at -> {
                    boolean isRace =
                            at.matches("before (.*: proposed|requested|obsolete|finished)");
                    if (isRace && others.get() % 2 == 0) {
                        others.incrementAndGet();
                        look();
                        others.incrementAndGet();
                    }
                };
        pass(Duration.ofMinutes(2));
        assertThat(only().planned()).isPresent();

        int before = others.get();
        service.health(SimService.BAD, Finding.WELL);
        pass(LOOK_EVERY);
        assertThat(others.get()).isGreaterThan(before);
        assertThat(count(only(), ProposalEvent.Obsolete.class)).isEqualTo(1);
        assertThat(count(only(), RunEvent.Finished.class)).isEqualTo(1);

        service.health(SimService.BAD, Finding.UNWELL);
        pass(Duration.ofMinutes(30));
        assertThat(only().outcome().orElseThrow().says().toString()).contains("well again since");
        assertThat(service.moves()).isZero();
    }

    /** Thrown where a process dies. */
    private static final class Dead extends Error {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"propose", "countdown 60s"})
    void killed_at_any_write_there_is_one_proposal_and_one_run(String automatic) {
        site = site(automatic);
        var writes = new AtomicInteger();
        deployBad();
        var alive = new AtomicInteger();
        boundary =
                _ -> {
                    if (writes.incrementAndGet() > alive.get()) {
                        alive.set(alive.get() + 1);
                        writes.set(0);
                        throw new Dead();
                    }
                };
        for (int i = 0; i < 400; i++) {
            clock.pass(Duration.ofSeconds(5));
            try {
                look();
            } catch (Dead _) {
                // the next look is another process
            }
        }
        boundary = _ -> {};
        pass(Duration.ofMinutes(1));
        assertThat(runs()).hasSize(1);
        assertThat(service.moves()).isEqualTo(automatic.equals("propose") ? 0 : 1);
        assertThat(count(only(), RunEvent.Confirmed.class))
                .isEqualTo(automatic.equals("propose") ? 0 : 1);
    }
}
