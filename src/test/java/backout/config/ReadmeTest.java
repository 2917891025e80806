package backout.config;

import static org.assertj.core.api.Assertions.assertThat;

import backout.executor.compose.ComposeKeys;
import backout.executor.container.ContainerExecutor;
import backout.executor.container.ContainerKeys;
import backout.executor.dns.DnsExecutor;
import backout.executor.rebuild.RebuildExecutor;
import backout.executor.source.SourceExecutor;
import backout.executor.source.SourceKeys;
import backout.executor.vercel.VercelExecutor;
import backout.plan.Setting;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The tables of both READMEs list exactly the keys that are read. */
final class ReadmeTest {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z1.-]+(?:L[1-3])?)` \\| .*");

    @Test
    void config_readme_lists_exactly_the_keys() throws IOException {
        String readme = Files.readString(Path.of("config/README.md"));
        assertThat(readme)
                .contains(
                        table(Keys.BACKOUT),
                        table(Keys.chat(TestSite.CHATS)),
                        table(Keys.TARGET),
                        table(ComposeKeys.LIST),
                        table(ContainerKeys.LIST),
                        table(SourceKeys.LIST),
                        table(VercelExecutor.KIND.settings()),
                        table(DnsExecutor.KIND.settings()),
                        table(RebuildExecutor.KIND.settings()),
                        table(Keys.GROUP),
                        table(ChecklistsFile.KEYS),
                        table(Keys.HOST),
                        table(Keys.person(TestSite.CHATS)),
                        table(ApprovalKeys.ON_CALL),
                        table(ApprovalKeys.POLICY),
                        table(Keys.RECEIVER));
        assertThat(readme)
                .contains(TestSite.RECEIVERS.stream().map(kind -> table(kind.settings())).toList());
        assertThat(rows(readme))
                .hasSize(
                        Keys.BACKOUT.size()
                                + Keys.chat(TestSite.CHATS).size()
                                + Keys.target(ComposeKeys.LIST).size()
                                + ContainerKeys.LIST.size()
                                + SourceKeys.LIST.size()
                                + VercelExecutor.KIND.settings().size()
                                + DnsExecutor.KIND.settings().size()
                                + RebuildExecutor.KIND.settings().size()
                                + Keys.GROUP.size()
                                + ChecklistsFile.KEYS.size()
                                + Keys.HOST.size()
                                + Keys.person(TestSite.CHATS).size()
                                + ApprovalKeys.ON_CALL.size()
                                + ApprovalKeys.POLICY.size()
                                + Keys.RECEIVER.size()
                                + TestSite.RECEIVERS.stream()
                                        .mapToInt(kind -> kind.settings().size())
                                        .sum());
    }

    @Test
    void commands_readme_lists_exactly_the_keys_and_the_commands() throws IOException {
        String readme = Files.readString(Path.of("commands/README.md"));
        assertThat(readme).contains(table(CommandKeys.LIST));
        for (var command :
                TestSite.loader().load(TestSite.COMMANDS, TestSite.CONFIG).site().commands()) {
            String said = (command.name() + " " + command.words().text()).strip();
            assertThat(readme)
                    .contains(
                            "| `%s` | L%d | %s |"
                                    .formatted(
                                            said.replace("|", "\\|"),
                                            command.level(),
                                            command.says()));
        }
        assertThat(rows(readme)).hasSize(CommandKeys.LIST.size());
        String oneLine = readme.replaceAll("\\s+", " ");
        assertThat(oneLine)
                .contains("below `prepare` " + words(ComposeKeys.KIND.prepare()) + ";")
                .contains("below `switch` " + words(ComposeKeys.KIND.swap()) + ".")
                .contains("below `prepare` " + words(ContainerExecutor.KIND.prepare()) + ";")
                .contains("below `switch` " + words(ContainerExecutor.KIND.swap()) + ".")
                .contains("below `prepare` " + words(SourceExecutor.KIND.prepare()) + ";")
                .contains("below `switch` " + words(SourceExecutor.KIND.swap()) + ".")
                .contains("below `switch`: " + words(VercelExecutor.KIND.swap()) + ".")
                .contains("below `prepare` " + words(DnsExecutor.KIND.prepare()) + ";")
                .contains("below `switch` " + words(DnsExecutor.KIND.swap()) + ".")
                .contains("below `prepare` " + words(RebuildExecutor.KIND.prepare()) + ";")
                .contains("below `switch` " + words(RebuildExecutor.KIND.swap()) + ".");
    }

    private static String words(List<String> actions) {
        return String.join(", ", actions.stream().map(action -> "`" + action + "`").toList());
    }

    private static List<String> rows(String readme) {
        return readme.lines()
                .filter(ROW.asMatchPredicate())
                .filter(r -> r.split(" \\| ").length == 4)
                .toList();
    }

    static String table(List<Setting> keys) {
        var table = new StringBuilder("| key | value | default | means |\n|---|---|---|---|\n");
        for (Setting key : keys) {
            table.append(
                    "| `%s` | %s | %s | %s |%n"
                            .formatted(key.key(), Shape.shown(key), otherwise(key), key.means()));
        }
        return table.toString();
    }

    private static String otherwise(Setting key) {
        if (key.required()) {
            return "required";
        }
        return key.otherwise().isEmpty() ? "–" : "`" + key.otherwise() + "`";
    }
}
