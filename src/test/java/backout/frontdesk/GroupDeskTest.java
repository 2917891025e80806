package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.approval.Person;
import backout.approval.Policy;
import backout.chat.ChatRequest;
import backout.chat.Place;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.run.HandClock;
import backout.run.Run;
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
import java.util.concurrent.atomic.AtomicInteger;

/** Who asks for a group asks for one run of all of its targets. */
class GroupDeskTest {
    private static final TargetName WEB = TargetName.of("vercel/web");
    private static final TargetName API = TargetName.of("compose/api");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir private Path folder;
    private final HandClock clock = new HandClock();
    private final AtomicInteger said = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private SqlStore store;

    @BeforeEach
    void open() {
        store = SqlStore.open(folder, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Site site() {
        return new Site(
                List.of(
                        command("compose", "[TARGET] [because REASON...]", "rollback", 1),
                        command("vercel", "[TARGET] [because REASON...]", "rollback", 2),
                        command("group", "GROUP [because REASON...]", "group", 1),
                        command("freeze", "TARGET [because REASON...]", "freeze", 1)),
                Map.of(WEB, target(WEB, "reasoned"), API, target(API, "plain")),
                Map.of(
                        "li", new Person("li", 1, Map.of()),
                        "ben", new Person("ben", 2, Map.of())),
                Map.of(),
                Map.of(
                        "plain", new Policy("plain", 2, 1, HOUR, HOUR, HOUR, false),
                        "reasoned", new Policy("reasoned", 1, 2, HOUR, HOUR, HOUR, true)),
                Map.of(),
                Map.of("shop", List.of(WEB, API)),
                Path.of("config"),
                Map.of());
    }

    private static CommandSpec command(String name, String words, String does, int level) {
        return new CommandSpec(
                name,
                "",
                Grammar.of(words),
                does,
                does.equals("rollback") ? name : "",
                level,
                List.of(),
                List.of(),
                List.of());
    }

    private static Target target(TargetName name, String policy) {
        return new Target(name, "local", policy, HOUR, HOUR, List.of(), new Settings(Map.of()));
    }

    private Reply says(String person, String words) {
        return new FrontDesk(
                        site(),
                        store.journal(),
                        (_, _) -> {
                            throw new AssertionError("nobody asked for a plan");
                        },
                        clock,
                        () -> new RunId("AAAA" + (char) ('A' + runs.getAndIncrement())),
                        _ -> true,
                        new Origin("host root"))
                .take(
                        new ChatRequest.Typed(
                                "d" + said.incrementAndGet(),
                                person,
                                new Place("slack", "C1"),
                                words));
    }

    @Test
    void one_run_holds_all_of_them_in_the_order_of_the_file() {
        var begun = (Reply.OfRun) says("ben", "group shop because 5xx");
        Run run = Run.of(store.journal().read(begun.run()));
        assertThat(run.request().targets()).containsExactly(WEB, API);
        assertThat(run.request().command()).isEqualTo("group");
        assertThatThrownBy(() -> says("ben", "compose api because 5xx"))
                .hasMessageContaining("holds it: group shop because 5xx");
    }

    @Test
    void who_may_not_roll_one_of_them_back_may_not_roll_the_group_back() {
        assertThatThrownBy(() -> says("li", "group shop because 5xx"))
                .hasMessageContaining("\"vercel\" is for L2 and above, li is L1");
        assertThat(store.journal().open()).isEmpty();
    }

    @Test
    void what_is_frozen_or_held_keeps_the_whole_group() {
        var held = (Reply.OfRun) says("ben", "compose api because 5xx");
        assertThatThrownBy(() -> says("ben", "group shop because 5xx"))
                .hasMessageContaining("compose/api")
                .hasMessageContaining("run " + held.run() + " of ben holds it");
        says("ben", "freeze web because a migration runs");
        assertThatThrownBy(() -> says("ben", "group shop because 5xx"))
                .hasMessageContaining("vercel/web")
                .hasMessageContaining("a migration runs");
    }

    @Test
    void a_reason_is_asked_for_where_one_of_them_asks_for_it() {
        var ask = (Reply.Ask) says("ben", "group shop");
        assertThat(ask.form().inputs()).extracting("key").containsExactly("reason");
        assertThat(ask.otherwise().toString()).contains("say it again with: group shop because");
    }

    @Test
    void a_group_that_is_not_there_is_refused_with_the_nearest() {
        assertThatThrownBy(() -> says("ben", "group shops because 5xx"))
                .hasMessageContaining("there is no group \"shops\"")
                .hasMessageContaining("did you mean shop?");
    }

    @Test
    void the_policy_of_all_is_no_easier_than_that_of_each() {
        Site site = site();
        Policy both = site.policyOf(List.copyOf(site.targets().values()), "");
        assertThat(both.votes()).isEqualTo(2);
        assertThat(both.from()).isEqualTo(2);
        assertThat(both.reasoned()).isTrue();
        assertThat(site.policyOf(List.of(site.target(API).orElseThrow()), "").name())
                .isEqualTo("plain");
    }
}
