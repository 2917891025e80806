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
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Setting;
import backout.report.ReceiverKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Chinese READMEs have the rows of the English ones, as the loader knows them. */
final class ChineseReadmeTest {
    private static final Language CHINESE = Language.of("zh-CN", ZoneOffset.UTC);
    private static final Pattern ROW = Pattern.compile("\\| `([a-z1.-]+(?:L[1-3])?)` \\| .*");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    /** How the column of values calls the forms; what is not here is the same. */
    private static final Map<String, String> FORMS =
            Map.of(
                    "text", "文本",
                    "list of texts", "文本列表",
                    "list of argument lists", "参数列表的列表",
                    "lower-case word", "小写单词",
                    "time with its unit", "带单位的时间",
                    "time with its unit, above 0", "带单位的时间，大于 0",
                    "whole number", "整数",
                    "http(s) address", "http(s) 地址",
                    "place in an answer", "应答中的位置");

    private static final Pattern EACH = Pattern.compile("(.*) each");

    private static void assertRows(String folder, List<Setting> keys) throws IOException {
        String readme = Files.readString(Path.of(folder, "README.zh-CN.md"));
        var rows =
                readme.lines()
                        .filter(ROW.asMatchPredicate())
                        .map(row -> List.of(row.substring(2, row.length() - 2).split(" \\| ")))
                        .filter(row -> row.size() == 4)
                        .toList();
        assertThat(rows.stream().map(row -> row.subList(0, 3)))
                .containsExactlyElementsOf(keys.stream().map(ChineseReadmeTest::row).toList());
        for (int key = 0; key < keys.size(); key++) {
            String means = rows.get(key).getLast();
            assertThat(means).as(keys.get(key).key()).containsPattern(HAN).endsWith("。");
            if (keys.get(key).required()) {
                String said = CHINESE.say(new Phrase(keys.get(key).means(), List.of()));
                assertThat(means).isEqualTo(said);
            }
        }
    }

    private static List<String> row(Setting key) {
        String otherwise = key.otherwise().isEmpty() ? "–" : "`" + key.otherwise() + "`";
        return List.of("`" + key.key() + "`", value(key), key.required() ? "必填" : otherwise);
    }

    private static String value(Setting key) {
        String shown = Shape.shown(key);
        return FORMS.getOrDefault(
                shown, EACH.matcher(shown).replaceFirst("每个写 $1").replace(" or ", " 或 "));
    }

    @Test
    void config_lists_exactly_the_keys() throws IOException {
        Stream<List<Setting>> receivers =
                Stream.concat(
                        Stream.of(Keys.RECEIVER),
                        TestSite.RECEIVERS.stream().map(ReceiverKind::settings));
        Stream<List<Setting>> others =
                Stream.of(
                        Keys.BACKOUT,
                        Keys.TARGET,
                        ComposeKeys.LIST,
                        ContainerKeys.LIST,
                        SourceKeys.LIST,
                        VercelExecutor.KIND.settings(),
                        DnsExecutor.KIND.settings(),
                        RebuildExecutor.KIND.settings(),
                        Keys.GROUP,
                        ChecklistsFile.KEYS,
                        Keys.HOST,
                        Keys.person(TestSite.CHATS),
                        ApprovalKeys.ON_CALL,
                        ApprovalKeys.POLICY,
                        Keys.chat(TestSite.CHATS));
        assertRows("config", Stream.concat(others, receivers).flatMap(List::stream).toList());
    }

    @Test
    void commands_lists_exactly_the_keys_and_the_actions() throws IOException {
        assertRows("commands", CommandKeys.LIST);
        String oneLine =
                Files.readString(Path.of("commands/README.zh-CN.md")).replaceAll("\\s+", " ");
        assertThat(oneLine)
                .contains("`prepare` 下面可以写 " + words(ComposeKeys.KIND.prepare()) + "；")
                .contains("`switch` 下面可以写 " + words(ComposeKeys.KIND.swap()) + "。")
                .contains("`prepare` 下面可以写 " + words(ContainerExecutor.KIND.prepare()) + "；")
                .contains("`switch` 下面可以写 " + words(ContainerExecutor.KIND.swap()) + "。")
                .contains("`prepare` 下面可以写 " + words(SourceExecutor.KIND.prepare()) + "；")
                .contains("`switch` 下面可以写 " + words(SourceExecutor.KIND.swap()) + "。")
                .contains("写在 `switch` 下面：" + words(VercelExecutor.KIND.swap()) + "。")
                .contains("`prepare` 下面可以写 " + words(DnsExecutor.KIND.prepare()) + "；")
                .contains("`switch` 下面可以写 " + words(DnsExecutor.KIND.swap()) + "。")
                .contains("`prepare` 下面可以写 " + words(RebuildExecutor.KIND.prepare()) + "；")
                .contains("`switch` 下面可以写 " + words(RebuildExecutor.KIND.swap()) + "。");
    }

    private static String words(List<String> actions) {
        return String.join(", ", actions.stream().map(action -> "`" + action + "`").toList());
    }

    /** Programs, variables, addresses and figures of the one are those of the other. */
    @Test
    void bot_has_the_rows_of_the_english_one() throws IOException {
        assertThat(firstCells("bot/README.zh-CN.md").map(cell -> cell.replace("、", ", ")))
                .containsExactlyElementsOf(firstCells("bot/README.md").toList());
    }

    private static Stream<String> firstCells(String readme) throws IOException {
        return Files.readAllLines(Path.of(readme)).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(2, line.indexOf(" | ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "commands", "bot"})
    void each_leads_to_the_other(String folder) throws IOException {
        assertThat(Files.readString(Path.of(folder, "README.md"))).contains("](README.zh-CN.md)");
        assertThat(Files.readString(Path.of(folder, "README.zh-CN.md")))
                .contains("[English](README.md)");
        assertThat(Files.readString(Path.of("README.zh-CN.md")))
                .contains("](" + folder + "/README.zh-CN.md)");
    }
}
