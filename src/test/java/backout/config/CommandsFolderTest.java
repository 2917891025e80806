package backout.config;

import static org.assertj.core.api.Assertions.assertThat;

import backout.command.CommandLine;
import backout.command.CommandSpec;
import backout.command.Invocation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The shipped commands/ are what people can say. */
final class CommandsFolderTest {
    @TempDir Path folder;

    private static List<CommandSpec> shipped() {
        return TestSite.loader().load(TestSite.COMMANDS, TestSite.CONFIG).site().commands();
    }

    @Test
    void there_is_one_command_for_each_built_in_and_one_rollback_for_each_kind() {
        assertThat(shipped().stream().map(CommandSpec::does).distinct())
                .containsExactlyInAnyOrderElementsOf(Does.names());
        assertThat(shipped().stream().map(CommandSpec::name))
                .containsExactly(
                        "abort",
                        "approve",
                        "breakglass",
                        "cancel",
                        "claim",
                        "compose",
                        "confirm",
                        "console",
                        "container",
                        "decide",
                        "deny",
                        "dns",
                        "emergency",
                        "fix",
                        "fixed",
                        "forward",
                        "freeze",
                        "giveback",
                        "group",
                        "help",
                        "history",
                        "keep",
                        "lift",
                        "lock",
                        "mark",
                        "nudge",
                        "oncall",
                        "pause",
                        "plan",
                        "rebuild",
                        "resume",
                        "review",
                        "snooze",
                        "source",
                        "status",
                        "suite",
                        "thaw",
                        "tick",
                        "ttl",
                        "undo",
                        "unlock",
                        "vercel",
                        "verify");
    }

    @Test
    void compose_says_what_is_done_when() {
        CommandSpec compose =
                shipped().stream().filter(CommandSpec::isRollback).findFirst().orElseThrow();
        assertThat(compose.kind()).isEqualTo("compose");
        assertThat(compose.level()).isEqualTo(1);
        assertThat(compose.prepare())
                .containsExactly("compose.pull", "compose.protect", "compose.backup");
        assertThat(compose.swap()).containsExactly("compose.file", "compose.up");
        assertThat(compose.checks())
                .contains(
                        "container [IMAGE] == {to}",
                        "GET {url}/health [BODY].version == {version}",
                        "should: container [MEMORY] < 200MB or baseline x1.5");
    }

    @Test
    void the_shipped_words_are_understood() {
        var line = new CommandLine(shipped());
        Invocation said =
                line.read(
                        "compose claude-relay to v1.1.174 with its files drain 0s because 5xx since"
                                + " noon");
        assertThat(said.values())
                .isEqualTo(
                        Map.of(
                                "target", "claude-relay",
                                "release", "v1.1.174",
                                "with-its-files", "yes",
                                "drain", "0s",
                                "reason", "5xx since noon"));
        assertThat(line.read("plan compose to v1").values())
                .isEqualTo(Map.of("command", "compose to v1"));
        assertThat(line.read("deny 7 because too early").values())
                .isEqualTo(Map.of("run", "7", "reason", "too early"));
    }

    @Test
    void looking_is_for_everybody_and_lifting_a_lock_for_leads() {
        var levels = new java.util.TreeMap<String, Integer>();
        shipped().forEach(command -> levels.put(command.name(), command.level()));
        assertThat(levels)
                .containsEntry("status", 0)
                .containsEntry("plan", 0)
                .containsEntry("approve", 1)
                .containsEntry("unlock", 2);
    }

    @Test
    void a_line_that_begins_with_should_needs_no_quotes() throws IOException {
        var site =
                TestSite.in(folder)
                        .change(
                                "commands/compose.yml",
                                "\"should: container [CPU] < 10% or baseline x2\"",
                                "should: container [CPU] < 10% or baseline x2");
        assertThat(site.load().site().commands().stream().filter(CommandSpec::isRollback))
                .first()
                .satisfies(compose ->
                        assertThat(compose.checks().getLast())
                                .isEqualTo("should: container [CPU] < 10% or baseline x2"));
    }

    @Test
    void a_command_in_two_files_is_told() throws IOException {
        String help = "name: help\nsays: x\nlevel: L0\ndoes: help\n";
        assertThat(TestSite.in(folder).with("commands/help.yaml", help).problems())
                .containsExactly(
                        "commands/help.yml:2 name: the command is in commands/help.yaml as well."
                                + " Keep one of the files");
    }

    @Test
    void a_second_rollback_of_the_same_kind_is_fine() throws IOException {
        String compose = java.nio.file.Files.readString(Path.of("commands/compose.yml"));
        var site =
                TestSite.in(folder)
                        .with(
                                "commands/relay.yml",
                                compose.replace("name: compose", "name: relay"));
        assertThat(site.load().site().commands()).hasSize(44);
    }

    @Test
    void a_level_that_nobody_has_is_told() throws IOException {
        var site =
                TestSite.in(folder)
                        .change("config/people.yml", "level: L3", "level: L2")
                        .change("commands/unlock.yml", "level: L2", "level: L3")
                        .change("config/approvals.yml", "from: L1", "from: L3");
        assertThat(site.problems())
                .contains(
                        "commands/unlock.yml:5 level: names L3, and nobody has that level or a"
                            + " higher one. Raise somebody in people.yml, or name a lower level",
                        "config/approvals.yml:9 policies/production/from: names L3, and nobody has"
                                + " that level or a higher one. Raise somebody in people.yml, or"
                                + " name a lower level");
    }

    @Test
    void a_policy_is_measured_by_those_who_may_ask_for_its_rollbacks() throws IOException {
        var site = TestSite.in(folder).change("config/approvals.yml", "votes: 1", "votes: 4");
        assertThat(site.problems())
                .singleElement()
                .asString()
                .contains("li or anna or ben or dora");
        var raised =
                site.change("commands/compose.yml", "level: L1", "level: L3")
                        .change("commands/container.yml", "level: L1", "level: L3")
                        .change("commands/source.yml", "level: L1", "level: L3")
                        .change("commands/vercel.yml", "level: L1", "level: L3")
                        .change("commands/dns.yml", "level: L2", "level: L3")
                        .change("commands/ttl.yml", "level: L2", "level: L3")
                        .change("commands/rebuild.yml", "level: L2", "level: L3");
        assertThat(raised.problems())
                .containsExactly(
                        "config/approvals.yml:7 policies/production/votes: needs 4 votes from L1"
                                + " on; when dora asks, only 3 can vote. Raise people to L1 in"
                                + " people.yml, or ask for fewer votes");
    }
}
