package backout.config;

import static org.assertj.core.api.Assertions.assertThat;

import backout.command.CommandSpec;
import backout.language.Language;
import backout.language.Phrase;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of commands in the READMEs are what {@code commands/} holds; those of the root have
 * what rolls back alone. They are written anew with {@code BACKOUT_GOLDEN=write}.
 */
final class CommandTableTest {
    private static final Pattern TABLE =
            Pattern.compile("(?s)(<!-- commands: [^\\n]*-->\\n)(.*?)(<!-- /commands -->)");

    @Test
    void the_readme_lists_what_rolls_back() throws IOException {
        isCurrent(
                Path.of("README.md"),
                "| COMMAND | for | what it does |",
                Language.ENGLISH,
                CommandSpec::rollsBack);
    }

    @Test
    void the_chinese_readme_lists_it_in_chinese() throws IOException {
        isCurrent(
                Path.of("README.zh-CN.md"),
                "| COMMAND | 级别 | 作用 |",
                Language.of("zh-CN", ZoneOffset.UTC),
                CommandSpec::rollsBack);
    }

    @Test
    void the_readme_of_commands_lists_all() throws IOException {
        isCurrent(
                Path.of("commands/README.md"),
                "| say | level | what it does |",
                Language.ENGLISH,
                _ -> true);
    }

    @Test
    void the_chinese_readme_of_commands_lists_all_too() throws IOException {
        isCurrent(
                Path.of("commands/README.zh-CN.md"),
                "| 说法 | 级别 | 作用 |",
                Language.of("zh-CN", ZoneOffset.UTC),
                _ -> true);
    }

    private static void isCurrent(
            Path readme, String heading, Language language, Predicate<CommandSpec> listed)
            throws IOException {
        String text = Files.readString(readme);
        Matcher table = TABLE.matcher(text);
        assertThat(table.find()).as("%s has the two markers", readme).isTrue();
        String now = heading + "\n|---|---|---|\n" + rows(language, listed);
        if ("write".equals(System.getenv("BACKOUT_GOLDEN"))) {
            String replacement = Matcher.quoteReplacement(table.group(1) + now + table.group(3));
            Files.writeString(readme, table.replaceFirst(replacement));
        } else {
            assertThat(table.group(2)).isEqualTo(now);
        }
    }

    /** What rolls back first, then by name. */
    private static String rows(Language language, Predicate<CommandSpec> listed) {
        List<CommandSpec> commands =
                TestSite.loader().load(TestSite.COMMANDS, TestSite.CONFIG).site().commands();
        var rows = new StringBuilder();
        commands.stream()
                .filter(listed)
                .sorted(
                        Comparator.comparing((CommandSpec one) -> !one.rollsBack())
                                .thenComparing(CommandSpec::name))
                .forEach(one -> rows.append(row(one, language)));
        return rows.toString();
    }

    private static String row(CommandSpec command, Language language) {
        String said = (command.name() + " " + command.words().text()).strip();
        String says = language.say(new Phrase(command.says(), List.of()));
        return "| `%s` | L%d | %s |\n".formatted(said.replace("|", "\\|"), command.level(), says);
    }
}
