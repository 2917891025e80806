package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.KilledMain;
import backout.Seat;
import backout.fixture.Await;
import backout.fixture.ChildJava;
import backout.fixture.ComposeSite;
import backout.fixture.Engine;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.run.Outcome.Result;
import backout.run.Run;
import backout.run.RunEvent;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * SIGKILL on a real process amid a real rollback. A run is killed again and again, each time by the
 * process that took it up from the last one, before and after each kind of event; with {@code
 * -Dbackout.kill-all=true} before and after each event of each single step.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class KillTest {
    private static final boolean EACH = Boolean.getBoolean("backout.kill-all");

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @BeforeAll
    static void train() throws Exception {
        if (ChildJava.isUntrained()) {
            Needs.relay();
            try (var relay = new Relay(Release.GOOD)) {
                relay.provenGood(Release.GOOD);
                relay.site.upgradeTo(RelayImages.shared().of(Release.HEALTH_500));
                try (var killed = Killed.nowhere(relay)) {
                    killed.train();
                }
            }
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void a_rollback_that_is_killed_everywhere_ends_well() throws Exception {
        try (var relay = new Relay(Release.GOOD).policy(1)) {
            relay.provenGood(Release.GOOD);
            relay.site.upgradeTo(RelayImages.shared().of(Release.HEALTH_500));
            var before = Scene.of(relay);
            try (var creations = new Creations(relay.site.project());
                    var killed = new Killed(relay, EACH, List.of())) {
                killed.toTheEnd();

                var events = killed.events();
                before.assertRolledBack(killed);
                assertThat(outcome(events)).as(killed.text()).isEqualTo(Result.PROVEN);
                assertThat(creations.expect(1)).containsExactly(ComposeSite.RELAY);
                assertTold(events);
                assertEveryKindWasKilled(events, killed.places());
            }
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void an_undo_that_is_killed_everywhere_ends_where_it_began() throws Exception {
        try (var relay = new Relay(Release.GOOD_2)) {
            relay.provenGood(Release.CRASH_LOOP);
            var before = Scene.of(relay);
            try (var creations = new Creations(relay.site.project());
                    var killed = new Killed(relay, EACH, EACH ? List.of() : KILLED_ABOVE)) {
                killed.toTheEnd();

                var events = killed.events();
                before.assertAsItWas(killed);
                assertThat(outcome(events)).as(killed.text()).isEqualTo(Result.UNDONE);
                assertThat(creations.expect(2))
                        .containsExactly(ComposeSite.RELAY, ComposeSite.RELAY);
                assertTold(events);
                assertEveryKindWasKilled(events, killed.places());
            }
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void a_cancelled_run_that_is_killed_everywhere_cleans_up() throws Exception {
        try (var relay = new Relay(Release.GOOD).policy(1).provenGood(Release.GOOD_2)) {
            var before = Scene.of(relay);
            String container = relay.site.containerId(ComposeSite.RELAY);
            try (var killed =
                    new Killed(relay, EACH, known(), run -> cancelOnceConfirmed(relay, run))) {
                killed.toTheEnd();

                var events = killed.events();
                before.assertAsItWas(killed);
                assertThat(relay.site.containerId(ComposeSite.RELAY)).isEqualTo(container);
                assertThat(outcome(events)).as(killed.text()).isEqualTo(Result.NOT_APPROVED);
                assertThat(relay.protectiveTags()).isEmpty();
                assertThat(relay.backups()).isEmpty();
                assertTold(events);
                assertEveryKindWasKilled(events, killed.places());
            }
        }
    }

    private static List<String> cancelOnceConfirmed(Relay relay, Run run) {
        if (!run.isConfirmed()) {
            return Killed.agree(run);
        }
        assertThat(relay.protectiveTags()).isNotEmpty();
        assertThat(relay.backups()).isNotEmpty();
        return Killed.type("cancel", run, "anna");
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void a_run_without_a_plan_that_is_killed_everywhere_changes_nothing() throws Exception {
        try (var relay = new Relay(Release.GOOD)) {
            var before = Scene.of(relay);
            String container = relay.site.containerId(ComposeSite.RELAY);
            try (var killed = new Killed(relay, EACH, known())) {
                killed.toTheEnd();

                var events = killed.events();
                before.assertAsItWas(killed);
                assertThat(relay.site.containerId(ComposeSite.RELAY)).isEqualTo(container);
                assertThat(outcome(events)).as(killed.text()).isEqualTo(Result.NOTHING_CHANGED);
                assertThat(kinds(events)).containsExactly("Requested", "PlanFailed", "Finished");
                assertThat(relay.protectiveTags()).isEmpty();
                assertThat(relay.backups()).isEmpty();
                assertEveryKindWasKilled(events, killed.places());
            }
        }
    }

    /** Its files are edited while Ben decides, and what it goes back to cannot even be started. */
    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void a_run_that_is_killed_everywhere_keeps_what_a_person_keeps() throws Exception {
        var engine = Engine.ofThisMachine();
        String image = unstartable(engine);
        try (var relay = new Relay(Release.CRASH_LOOP).policy(1)) {
            String id = engine.docker("image", "inspect", "--format", "{{.Id}}", image);
            relay.proven(id, image, "1.0.0");
            var before = Scene.of(relay);
            try (var creations = new Creations(relay.site.project());
                    var killed =
                            new Killed(relay, EACH, known(), run -> editThenKeep(relay, run))) {
                killed.toTheEnd();

                var events = killed.events();
                assertThat(outcome(events)).as(killed.text()).isEqualTo(Result.KEPT);
                assertThat(kinds(events))
                        .contains("PlanChanged", "StepFailed/FORWARD", "Asked", "Answered");
                assertThat(relay.site.imageId(ComposeSite.RELAY)).isEqualTo(id);
                assertThat(before.newLines()).hasSize(2).contains(MINE).anyMatch(names(image));
                relay.assertSettled(before.redis());
                assertThat(creations.expect(1)).containsExactly(ComposeSite.RELAY);
                assertTold(events, UP_FAILED);
                assertEveryKindWasKilled(events, killed.places());
            }
        } finally {
            engine.remove(image);
        }
    }

    private static String unstartable(Engine engine) {
        String name = RelayImages.shared().repository() + ":unstartable";
        String container = engine.docker("create", RelayImages.shared().of(Release.CRASH_LOOP));
        engine.docker("commit", "--change", "CMD [\"/nowhere\"]", container, name);
        engine.docker("rm", container);
        return name;
    }

    private static final String MINE = "# mine";

    private static final String UP_FAILED = "3 FORWARD";

    private static Predicate<String> names(String image) {
        return line -> line.contains(image);
    }

    private static List<String> editThenKeep(Relay relay, Run run) {
        if (run.question().isPresent()) {
            return Killed.type("keep", run, "ben");
        }
        if (run.isConfirmed() && !relay.composeText().contains(MINE)) {
            relay.composeText(relay.composeText() + MINE + "\n");
        }
        return Killed.agree(run);
    }

    /** Kinds of events that a run that ends well has as well. */
    static final List<String> KILLED_ABOVE =
            around(
                    "Requested",
                    "Planned",
                    "Confirmed",
                    "Checked/BASELINE",
                    "StepBegan/FORWARD",
                    "StepDone/FORWARD",
                    "ReceiptKept",
                    "SwitchBegan");

    /** Where the runs that switch are killed. */
    private static List<String> known() {
        if (EACH) {
            return List.of();
        }
        var all = new ArrayList<>(KILLED_ABOVE);
        all.addAll(around("Voted", "Checked/AFTER_SWITCH", "Settled", "Finished"));
        return all;
    }

    private static List<String> around(String... kinds) {
        return Stream.of(kinds)
                .flatMap(kind -> Stream.of("before " + kind, "after " + kind))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void the_compose_of_a_killed_bot_is_waited_for(int created) throws Exception {
        try (var relay = new Relay(Release.GOOD)) {
            relay.provenGood(Release.GOOD);
            relay.target("drain: 10s");
            relay.site.upgradeTo(RelayImages.shared().of(Release.IGNORES_TERM));
            relay.site.awaitHealthy();
            var before = Scene.of(relay);
            try (var creations = new Creations(relay.site.project());
                    var killed = Killed.nowhere(relay)) {
                Process bot = killed.start(List.of("run", Killed.COMMAND, "--as", "anna", "--yes"));
                Await.until(
                        "docker compose up is at work",
                        () -> !bot.isAlive() || !ups(relay).isEmpty());
                creations.expect(created);
                assertThat(bot.isAlive()).as(killed.text()).isTrue();
                bot.destroyForcibly().waitFor();
                System.out.println(
                        "killed while docker compose up ran, containers made: " + created);
                assertThat(ups(relay)).as("its compose outlives it").isNotEmpty();

                Seat serve = relay.seat().start("serve");
                serve.until("the run is over", () -> isOver(killed.events()));
                serve.interrupt();
                assertThat(serve.exitCode()).isZero();

                var events = killed.events();
                before.assertRolledBack(killed);
                assertThat(outcome(events)).isEqualTo(Result.PROVEN);
                assertThat(creations.expect(1)).containsExactly(ComposeSite.RELAY);
                assertTold(events);
            }
        }
    }

    private static List<Long> ups(Relay relay) {
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    var words = List.of(process.info().arguments().orElse(new String[0]));
                    return words.contains("up")
                            && words.contains(relay.site.project())
                            && !words.contains("--dry-run");
                })
                .map(ProcessHandle::pid)
                .toList();
    }

    private static boolean isOver(List<RunEvent> events) {
        return events.getLast() instanceof RunEvent.Finished;
    }

    static Result outcome(List<RunEvent> events) {
        return Run.of(events).outcome().orElseThrow().result();
    }

    /** The journal tells of each step of a plan at most once, and of one end. */
    static void assertTold(List<RunEvent> events, String... failing) {
        var begun = new ArrayList<String>();
        var ended = new ArrayList<String>();
        var failed = new ArrayList<String>();
        int ends = 0;
        for (RunEvent event : events) {
            switch (event) {
                case RunEvent.StepBegan e -> begun.add(e.step() + " " + e.leg());
                case RunEvent.StepDone e -> ended.add(e.step() + " " + e.leg());
                case RunEvent.StepFailed e -> {
                    ended.add(e.step() + " " + e.leg());
                    failed.add(e.step() + " " + e.leg());
                }
                case RunEvent.Planned _ -> {
                    assertThat(begun).doesNotHaveDuplicates().containsExactlyElementsOf(ended);
                    begun.clear();
                    ended.clear();
                }
                case RunEvent.Finished _ -> ends++;
                default -> {}
            }
        }
        assertThat(begun).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ended);
        assertThat(ended).isNotEmpty().doesNotHaveDuplicates();
        assertThat(failed).as("steps that failed").containsExactly(failing);
        assertThat(ends).isEqualTo(1);
    }

    private static List<String> kinds(List<RunEvent> events) {
        return events.stream().map(KilledMain::kind).distinct().toList();
    }

    static void assertEveryKindWasKilled(List<RunEvent> events, List<String> places) {
        for (String kind : kinds(events)) {
            assertThat(places).anyMatch(place -> place.matches("before .*\\b" + kind + "\\b.*"));
            assertThat(places).anyMatch(place -> place.matches("after .*\\b" + kind + "\\b.*"));
        }
        System.out.println(places.size() + " places, " + events.size() + " events");
    }

    /** What there was before the run, to compare with. */
    private record Scene(Relay relay, String redis, String file, String image, String hash) {
        static Scene of(Relay relay) throws IOException {
            return new Scene(
                    relay,
                    relay.site.containerId(ComposeSite.REDIS),
                    Files.readString(relay.site.composeFile()),
                    relay.site.imageId(ComposeSite.RELAY),
                    relay.site.composeHash(ComposeSite.RELAY));
        }

        void assertRolledBack(Killed killed) {
            assertThat(relay.site.imageId(ComposeSite.RELAY))
                    .as(killed.text())
                    .isEqualTo(RelayImages.shared().idOf(Release.GOOD));
            assertThat(relay.composeText().lines()).hasSameSizeAs(file.lines().toList());
            assertThat(newLines()).hasSize(1);
            assertAtRest();
        }

        /** Of the compose file. */
        List<String> newLines() {
            var old = file.lines().toList();
            return relay.composeText().lines().filter(line -> !old.contains(line)).toList();
        }

        void assertAsItWas(Killed killed) throws IOException {
            assertThat(relay.site.imageId(ComposeSite.RELAY)).as(killed.text()).isEqualTo(image);
            assertThat(Files.readString(relay.site.composeFile())).isEqualTo(file);
            assertThat(relay.site.composeHash(ComposeSite.RELAY)).isEqualTo(hash);
            assertAtRest();
        }

        private void assertAtRest() {
            assertThat(relay.site.isHealthy()).isTrue();
            assertThat(relay.site.containerId(ComposeSite.REDIS)).isEqualTo(redis);
            assertThat(relay.site.labelHash(ComposeSite.RELAY))
                    .isEqualTo(relay.site.composeHash(ComposeSite.RELAY));
            String container = relay.site.containerId(ComposeSite.RELAY);
            relay.site.up();
            assertThat(relay.site.containerId(ComposeSite.RELAY)).isEqualTo(container);
            assertThat(relay.site.compose("ps", "--all", "--format", "{{.Name}}").lines())
                    .as("stray containers")
                    .hasSize(2);
        }
    }
}
