package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.approval.Person;
import backout.approval.Policy;
import backout.chat.Block;
import backout.chat.ChatRequest;
import backout.chat.Place;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.run.HandClock;
import backout.run.RunId;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people say of releases and locks. */
@SuppressWarnings("NullAway.Init")
final class MarksTest {
    private static final TargetName RELAY = TargetName.of("compose/relay");
    private static final TargetName SHOP = TargetName.of("compose/shop");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir private Path folder;
    private final HandClock clock = new HandClock();
    private SqlStore store;

    @BeforeEach
    void open() {
        store = SqlStore.open(folder, clock);
        seen("sha256:aaaaaaaaaaaa", "1.0");
        note(new TargetEvent.FoundGood(clock.instant(), "sha256:aaaaaaaaaaaa", "1.0"));
        seen("sha256:bbbbbbbbbbbb", "2.0");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void note(TargetEvent... events) {
        store.journal().append(RELAY, List.of(events));
    }

    private void seen(String id, String version) {
        clock.pass(HOUR);
        note(new TargetEvent.Seen(clock.instant(), id, "repo:" + version, "", version));
    }

    private static CommandSpec command(String name, String words) {
        return new CommandSpec(
                name, "", Grammar.of(words), name, "", 2, List.of(), List.of(), List.of());
    }

    private Reply says(String person, String words, TargetName... targets) {
        var site =
                new Site(
                        List.of(
                                command("mark", "good|bad RELEASE [of TARGET] [because REASON...]"),
                                command("lift", "TARGET"),
                                command("unlock", "TARGET [because REASON...]")),
                        Stream.of(targets)
                                .collect(Collectors.toMap(name -> name, MarksTest::target)),
                        Map.of(
                                "li", new Person("li", 1, Map.of()),
                                "ben", new Person("ben", 2, Map.of())),
                        Map.of("prod", new Policy("prod", 1, 2, HOUR, HOUR, HOUR, false)));
        var desk =
                new FrontDesk(
                        site,
                        store.journal(),
                        (_, _) -> {
                            throw new AssertionError("nobody asked for a plan");
                        },
                        clock,
                        () -> new RunId("AAAAA"),
                        _ -> true,
                        new Origin("host root"));
        return desk.take(
                new ChatRequest.Typed("d" + words, person, new Place("slack", "C1"), words));
    }

    private static Target target(TargetName name) {
        return new Target(name, "local", "prod", HOUR, HOUR, List.of(), new Settings(Map.of()));
    }

    private String told(String words) {
        return ((Reply.OfTarget) says("ben", words, RELAY))
                .message().blocks().stream()
                        .map(Block.Text.class::cast)
                        .map(block -> block.text().toString())
                        .collect(Collectors.joining("\n"));
    }

    private Release release(String id) {
        return Ledger.of(store.journal().read(RELAY)).release(id).orElseThrow();
    }

    private String refused(String person, String words, TargetName... targets) {
        var refusal = new StringBuilder();
        assertThatThrownBy(() -> says(person, words, targets))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> refusal.append(problem.problem().toString()));
        return refusal.toString();
    }

    @Test
    void a_person_takes_a_mark_back() {
        note(
                new TargetEvent.MarkedBad(
                        clock.instant(), "sha256:aaaaaaaaaaaa", Phrase.of("precaution"), "li"));
        assertThat(told("mark good 1.0 because it was dns"))
                .contains("release 1.0 of compose/relay is good, said ben")
                .contains("the next rollback chooses 1.0");
        assertThat(release("sha256:aaaaaaaaaaaa").standing()).isEqualTo(Release.Standing.GOOD);
        assertThat(release("sha256:aaaaaaaaaaaa").remarks()).isEmpty();
        assertThat(store.journal().read(RELAY).getLast())
                .isEqualTo(
                        new TargetEvent.Cleared(
                                clock.instant(),
                                "sha256:aaaaaaaaaaaa",
                                "ben",
                                Phrase.verbatim("it was dns"),
                                "slack"));
    }

    @Test
    void that_an_unproven_one_is_good_stays_a_persons_word() {
        told("mark good 2.0 of relay because tested by hand");
        assertThat(release("sha256:bbbbbbbbbbbb").standing()).isEqualTo(Release.Standing.GOOD);
        assertThat(release("sha256:bbbbbbbbbbbb").remarks())
                .containsExactly(Phrase.of("{0} said so: {1}", "ben", "tested by hand"));
    }

    @Test
    void a_person_marks_a_release_bad_by_name_or_id_and_in_any_order() {
        assertThat(told("mark 1.0 bad because CVE-2026-1"))
                .contains("release 1.0 of compose/relay is marked bad, said ben")
                .contains("the next rollback finds none that is good");
        assertThat(release("sha256:aaaaaaaaaaaa").bad()).hasToString("CVE-2026-1");
        assertThat(release("sha256:aaaaaaaaaaaa").said()).isTrue();
        told("mark bad bbbbbbbb because slow");
        assertThat(store.journal().read(RELAY).getLast())
                .isEqualTo(
                        new TargetEvent.MarkedBad(
                                clock.instant(),
                                "sha256:bbbbbbbbbbbb",
                                Phrase.verbatim("slow"),
                                "ben",
                                true,
                                "slack"));
        assertThat(release("sha256:bbbbbbbbbbbb").standing()).isEqualTo(Release.Standing.BAD);
    }

    @Test
    void what_is_missing_is_asked_for_and_what_is_wrong_is_refused() {
        assertThat(says("ben", "mark bad 1.0", RELAY))
                .isInstanceOfSatisfying(
                        Reply.Ask.class,
                        ask -> {
                            assertThat(ask.form().inputs()).hasSize(1);
                            assertThat(ask.otherwise().toString())
                                    .contains("say it again with: mark bad 1.0 because REASON");
                        });
        assertThat(says("ben", "mark bad 1.0 because x", RELAY, SHOP))
                .isInstanceOfSatisfying(
                        Reply.Ask.class,
                        ask -> assertThat(ask.otherwise().toString()).contains("relay, shop"));
        assertThat(refused("ben", "mark bad 1.1 because x", RELAY))
                .contains("there is no release \"1.1\" of it")
                .contains("did you mean 1.0?");
        assertThat(refused("ben", "mark good 1.0 because x", RELAY)).contains("is good already");
        assertThat(refused("ben", "mark 1.0 because x", RELAY)).contains("one of good, bad");
        assertThat(refused("li", "mark bad 1.0 because x", RELAY)).contains("for L2 and above");
    }

    /** The lock stays: users need not know of it any more, whoever deploys does. */
    @Test
    void a_person_takes_the_banner_down_once() {
        assertThat(refused("ben", "lift relay", RELAY)).contains("compose/relay has no banner");
        note(new TargetEvent.Locked(clock.instant(), "li", Phrase.verbatim("5xx"), "7F3KQ"));
        assertThat(told("lift relay")).contains("the banner of compose/relay is down, said ben");
        assertThat(refused("ben", "lift relay", RELAY)).contains("compose/relay has no banner");
        assertThat(Ledger.of(store.journal().read(RELAY)).lock()).isPresent();
    }

    @Test
    void whoever_unlocks_hears_of_the_mark_on_what_runs() {
        note(
                new TargetEvent.Locked(clock.instant(), "li", Phrase.of("5xx"), "7F3KQ"),
                new TargetEvent.MarkedBad(
                        clock.instant(), "sha256:bbbbbbbbbbbb", Phrase.of("5xx"), "li"));
        assertThat(told("unlock relay because fixed"))
                .contains("compose/relay may go forward again, said ben")
                .contains("it runs 2.0, which is marked bad: 5xx")
                .contains("mark good 2.0 of relay because REASON");
        assertThat(store.journal().read(RELAY).getLast())
                .isEqualTo(
                        new TargetEvent.Unlocked(
                                clock.instant(), "ben", Phrase.verbatim("fixed"), "slack"));
        assertThat(refused("ben", "unlock relay", RELAY))
                .contains("is not locked")
                .contains("mark good 2.0 of relay");
    }
}
