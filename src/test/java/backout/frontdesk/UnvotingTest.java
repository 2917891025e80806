package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.approval.Person;
import backout.approval.Policy;
import backout.chat.Block;
import backout.chat.Button;
import backout.chat.ChatRequest;
import backout.chat.Form;
import backout.chat.Place;
import backout.chat.Press;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Plan;
import backout.plan.Risk;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.report.Card;
import backout.run.GlassBroken;
import backout.run.HandClock;
import backout.run.Outcome;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What people type before something counts: to go without votes, and because it is risky. */
@SuppressWarnings("NullAway.Init")
final class UnvotingTest {
    private static final TargetName RELAY = TargetName.of("compose/relay");
    private static final TargetName SHOP = TargetName.of("compose/shop");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Place CHANNEL = new Place("slack", "C1");

    @TempDir private Path folder;
    private final HandClock clock = new HandClock();
    private final AtomicInteger said = new AtomicInteger();
    private final Map<String, Risk> risks = new LinkedHashMap<>();
    private int glassFrom = 2;
    private SqlStore store;

    @BeforeEach
    void open() {
        store = SqlStore.open(folder, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private CommandSpec command(String name, String words, String does, String kind) {
        Risk risk = risks.getOrDefault(name, Risk.BUTTON);
        var swap = kind.isEmpty() ? List.<String>of() : List.of("up");
        var spec =
                new CommandSpec(
                        name,
                        "",
                        Grammar.of(words),
                        does,
                        kind,
                        1,
                        List.of(),
                        swap,
                        List.of(),
                        risk);
        return does.equals("rollback") ? spec : spec.typing();
    }

    private Target target(TargetName name) {
        String risk = risks.getOrDefault(name.toString(), Risk.BUTTON).toString();
        var settings = new Settings(Map.of("risk", risk));
        return new Target(name, "local", "prod", HOUR, HOUR, List.of(), settings);
    }

    private Site site() {
        var commands = new ArrayList<CommandSpec>();
        commands.add(command("compose", "[TARGET] [because REASON...]", "rollback", "compose"));
        commands.add(command("breakglass", "RUN [on NAME] [because REASON...]", "breakglass", ""));
        commands.add(command("freeze", "TARGET [because REASON...]", "freeze", ""));
        commands.add(command("status", "[TARGET]", "status", ""));
        Stream.of("confirm", "approve", "deny", "cancel", "undo", "keep", "review", "abort")
                .forEach(name ->
                        commands.add(
                                command(name, "RUN [plan PLAN] [because REASON...]", name, "")));
        var people = new LinkedHashMap<String, Person>();
        people.put("li", new Person("li", 1, Map.of()));
        people.put("max", new Person("max", 1, Map.of()));
        people.put("ben", new Person("ben", 2, Map.of()));
        people.put("eve", new Person("eve", 2, Map.of()));
        return new Site(
                commands,
                Map.of(RELAY, target(RELAY), SHOP, target(SHOP)),
                people,
                Map.of("prod", policy()));
    }

    private Policy policy() {
        return new Policy(
                "prod",
                1,
                2,
                HOUR,
                HOUR,
                HOUR,
                false,
                List.of(),
                null,
                List.of("eve"),
                "",
                2,
                glassFrom,
                "");
    }

    private Reply take(ChatRequest request) {
        return new FrontDesk(
                        site(),
                        store.journal(),
                        (_, _) -> {
                            throw new AssertionError("nobody asked for a plan");
                        },
                        clock,
                        () -> new RunId("AAAA" + (char) ('A' + said.get() % 26)),
                        _ -> true,
                        new Origin("host root"))
                .take(request);
    }

    private Reply says(String person, String words) {
        return take(new ChatRequest.Typed("d" + said.incrementAndGet(), person, CHANNEL, words));
    }

    private Reply presses(String person, String action, RunId run) {
        var press = new Press(action, run.text(), run(run).plan().hash());
        return take(new ChatRequest.Pressed("d" + said.incrementAndGet(), person, CHANNEL, press));
    }

    private Reply fillsIn(String person, Form form, Map<String, String> values) {
        return take(
                new ChatRequest.Submitted(
                        "d" + said.incrementAndGet(),
                        person,
                        CHANNEL,
                        form.words(),
                        form.plan(),
                        values));
    }

    private Run run(RunId id) {
        return Run.of(store.journal().read(id));
    }

    private void happens(RunId id, RunEvent event) {
        store.journal().append(id, run(id).version(), List.of(event), List.of(), null);
    }

    private RunId planned(TargetName target) {
        RunId id = ((Reply.OfRun) says("li", "compose " + target.name() + " because 5xx")).run();
        var step =
                new Step(
                        "up",
                        target,
                        Step.Phase.SWITCH,
                        "b",
                        "1.0",
                        Map.of(),
                        Phrase.of("replace it"));
        var plan =
                new Plan(
                        target,
                        "compose",
                        new Plan.Shown("sha256:b", "2.0", Phrase.NONE),
                        new Plan.Shown("sha256:g", "1.0", Phrase.NONE),
                        Phrase.of("the last good one"),
                        List.of(step),
                        List.of(0),
                        List.of("container [STATE] == running"),
                        List.of(),
                        List.of(),
                        List.of());
        happens(id, new RunEvent.Planned(clock.instant(), plan, policy(), HOUR));
        return id;
    }

    private void ends(RunId id) {
        var kept = new Outcome(Outcome.Result.KEPT, Phrase.of("kept"), Phrase.NONE);
        happens(id, new RunEvent.Finished(clock.instant(), kept));
    }

    private void refused(Runnable what, String... parts) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problems().toString()).contains(parts));
    }

    private void breaks(RunId id, String target) {
        var _ = says("ben", "breakglass " + id + " on " + target + " because fire");
    }

    @Test
    void without_a_word_of_it_in_the_policy_nobody_can() {
        glassFrom = 0;
        RunId id = planned(RELAY);
        refused(() -> breaks(id, "relay"), "policy prod lets nobody", "ben, eve");
        assertThat(buttons(id)).doesNotContain("breakglass");
    }

    @Test
    void the_form_asks_for_name_and_reason_and_wrong_text_is_refused_with_what_to_type() {
        RunId id = planned(RELAY);
        assertThat(buttons(id)).contains("breakglass");
        refused(() -> presses("li", "breakglass", id), "lets L2 and above", "li is L1");
        Form form = ((Reply.Ask) presses("ben", "breakglass", id)).form();
        assertThat(form.inputs()).extracting(Form.Input::key).containsExactly("name", "reason");
        refused(
                () -> fillsIn("ben", form, Map.of("name", "shop", "reason", "fire")),
                "type exactly: relay");
        var _ = fillsIn("ben", form, Map.of("name", "relay", "reason", "fire"));
        GlassBroken broken = GlassBroken.of(run(id)).orElseThrow();
        assertThat(broken.skipped()).containsExactly("eve");
        assertThat(broken.reason()).isEqualTo("fire");
        assertThat(Card.of(run(id), site(), clock.instant(), store.journal()).toString())
                .contains("BREAK-GLASS: ben", "to be reviewed by somebody else from L2 on");
        assertThat(says("ben", "breakglass " + id + " on relay because fire"))
                .asString()
                .contains("already");
    }

    @Test
    void what_is_frozen_or_locked_is_not_passed() {
        RunId id = planned(RELAY);
        Phrase why = Phrase.of("release day");
        store.journal()
                .append(RELAY, List.of(new TargetEvent.Locked(clock.instant(), "eve", why, "")));
        refused(() -> breaks(id, "relay"), "is locked by eve");
        store.journal()
                .append(RELAY, List.of(new TargetEvent.Unlocked(clock.instant(), "eve", why)));
        store.journal()
                .append(
                        Freeze.SITE,
                        List.of(new TargetEvent.Frozen(clock.instant(), "eve", why, null, 3, "")));
        refused(() -> breaks(id, "relay"), "the whole site is frozen by eve");
        assertThat(GlassBroken.of(run(id))).isEmpty();
    }

    @Test
    void an_open_review_keeps_the_same_person_from_it_and_is_closed_by_another() {
        RunId first = planned(RELAY);
        breaks(first, "relay");
        RunId second = planned(SHOP);
        refused(() -> breaks(second, "shop"), first + " is not reviewed yet", "eve");
        assertThat(says("max", "status").toString()).contains("To be reviewed", "ben had run");
        refused(() -> says("eve", "review " + first + " because fine"), "is not over yet");
        ends(first);
        refused(() -> says("ben", "review " + first + " because fine"), "somebody else than ben");
        refused(() -> says("max", "review " + first + " because fine"), "from L2 on", "eve");
        refused(() -> says("eve", "review " + first), "because REASON");
        refused(() -> says("eve", "review " + second + " because x"), "was not begun without");
        var _ = says("eve", "review " + first + " because it was right");
        assertThat(says("max", "status").toString()).doesNotContain("To be reviewed");
        assertThat(Card.of(run(first), site(), clock.instant(), store.journal()).toString())
                .contains("BREAK-GLASS: ben", "reviewed by eve: it was right");
        assertThat(says("eve", "review " + first + " because x")).asString().contains("already");
        breaks(second, "shop");
        assertThat(GlassBroken.of(run(second))).isPresent();
    }

    @Test
    void what_is_late_or_denied_is_not_begun_so() {
        RunId id = planned(RELAY);
        clock.pass(HOUR);
        refused(() -> breaks(id, "relay"), "is not to be begun any more");
        assertThat(GlassBroken.of(run(id))).isEmpty();
    }

    @Test
    void a_target_raises_what_confirming_asks_for_and_never_lowers_it() {
        risks.put("compose/relay", Risk.TYPED);
        risks.put("compose", Risk.DIALOG);
        RunId relay = planned(RELAY);
        RunId shop = planned(SHOP);
        assertThat(button(relay, "confirm").label().toString()).isEqualTo("Confirm…");
        assertThat(button(shop, "confirm").sure().toString())
                .isEqualTo("This is about compose/shop: 2.0 → 1.0.");
        var ask = (Reply.Ask) presses("li", "confirm", relay);
        assertThat(ask.form().plan()).isEqualTo(run(relay).plan().hash());
        refused(
                () -> fillsIn("li", ask.form(), Map.of("text", "relay")),
                "type exactly: relay@prod");
        assertThat(run(relay).isConfirmed()).isFalse();
        var _ = fillsIn("li", ask.form(), Map.of("text", "relay@prod"));
        assertThat(run(relay).isConfirmed()).isTrue();

        risks.put("compose/shop", Risk.BUTTON);
        assertThat(says("li", "confirm " + shop)).isInstanceOf(Reply.Ask.class);
        var _ = presses("li", "confirm", shop);
        assertThat(run(shop).isConfirmed()).isTrue();
    }

    @Test
    void whoever_may_not_confirm_types_nothing_for_nothing() {
        risks.put("compose", Risk.TYPED);
        RunId id = planned(RELAY);
        refused(() -> presses("max", "confirm", id), "only li");
    }

    @Test
    void a_command_without_a_run_is_made_sure_of_by_its_target() {
        risks.put("freeze", Risk.TYPED);
        assertThat(says("ben", "freeze relay because 2.0"))
                .isInstanceOfSatisfying(
                        Reply.Ask.class,
                        ask ->
                                assertThat(ask.otherwise().toString())
                                        .contains("freeze relay typing relay@prod because 2.0"));
        var _ = says("ben", "freeze relay typing relay@prod because 2.0");
        assertThat(Freeze.in(RELAY, store.journal().read(RELAY))).isPresent();
    }

    private List<String> buttons(RunId id) {
        return all(id).stream().map(button -> button.press().action()).toList();
    }

    private Button button(RunId id, String action) {
        return all(id).stream()
                .filter(button -> button.press().action().equals(action))
                .findFirst()
                .orElseThrow();
    }

    private List<Button> all(RunId id) {
        return Card.of(run(id), site(), clock.instant()).blocks().stream()
                .filter(Block.Buttons.class::isInstance)
                .flatMap(block -> ((Block.Buttons) block).buttons().stream())
                .toList();
    }
}
