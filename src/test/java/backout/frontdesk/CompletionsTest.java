package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;

import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.HandClock;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.RunEvent;
import backout.run.RunId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class CompletionsTest {
    private final HandClock clock = new HandClock();
    private final MemoryJournal journal = new MemoryJournal(new MemoryLeases(clock), _ -> {});
    private final Completions completions = new Completions(site(), journal);

    private static Site site() {
        return new Site(
                List.of(
                        command(
                                "compose",
                                "[TARGET] [to RELEASE] [with its files] [drain 0s|3s] [because"
                                        + " REASON...]",
                                "rollback"),
                        command("approve", "RUN [because REASON...]", "approve"),
                        command("plan", "COMMAND...", "plan")),
                Map.of(relay().name(), relay()),
                Map.of(),
                Map.of());
    }

    private static CommandSpec command(String name, String words, String does) {
        String kind = does.equals("rollback") ? "compose" : "";
        return new CommandSpec(
                name, "", Grammar.of(words), does, kind, 1, List.of(), List.of(), List.of());
    }

    private static Target relay() {
        return new Target(
                new TargetName("compose", "relay"),
                "local",
                "some",
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                new Settings(Map.of()));
    }

    @Test
    void first_comes_a_command() {
        assertThat(completions.after(List.of())).containsExactly("compose", "approve", "plan");
        assertThat(completions.after(List.of("plan"))).contains("compose");
    }

    @Test
    void then_its_targets_and_its_words() {
        assertThat(completions.after(List.of("compose")))
                .containsExactly("relay", "to", "with its files", "drain", "because");
        assertThat(completions.after(List.of("plan", "compose", "relay")))
                .containsExactly("to", "with its files", "drain", "because");
        assertThat(completions.after(List.of("compose", "drain"))).containsExactly("0s", "3s");
        assertThat(completions.after(List.of("cmpose"))).isEmpty();
    }

    @Test
    void an_input_of_a_form_is_suggested_what_its_clause_may_be() {
        assertThat(completions.of("compose", "target", List.of())).containsExactly("relay");
        assertThat(completions.of("compose relay", "drain", List.of("v1")))
                .containsExactly("0s", "3s");
        assertThat(completions.of("compose", "nothing", List.of())).isEmpty();
        assertThat(completions.of("", "target", List.of())).isEmpty();
        assertThat(completions.of("cmpose", "target", List.of())).isEmpty();
    }

    @Test
    void what_begins_as_it_is_typed_comes_before_what_only_holds_it() {
        var all = List.of("a-web", "web", "Web-2", "", "web-that-is-long", "shop");
        assertThat(Completions.fitting(all, " WEB ", 8, 9))
                .containsExactly("web", "Web-2", "a-web");
        assertThat(Completions.fitting(all, "", 99, 2)).containsExactly("a-web", "web");
    }

    @Test
    void releases_are_those_of_the_ledger_that_are_not_bad() {
        var now = clock.instant();
        journal.append(
                relay().name(),
                List.of(
                        new TargetEvent.Seen(now, "a", "r:1", "1", ""),
                        new TargetEvent.Seen(now, "b", "r:2", "2", ""),
                        new TargetEvent.MarkedBad(now, "b", Phrase.of("5xx"), "li")));
        assertThat(completions.after(List.of("compose", "relay", "to"))).containsExactly("1");
    }

    @Test
    void runs_are_those_that_are_open() {
        var id = new RunId("7F3KQ");
        journal.begin(
                new RunEvent.Requested(
                        clock.instant(),
                        id,
                        "d",
                        "li",
                        relay().name(),
                        "compose",
                        "compose",
                        "",
                        Map.of(),
                        ""));
        assertThat(completions.after(List.of("approve"))).containsExactly("7F3KQ", "because");
    }
}
