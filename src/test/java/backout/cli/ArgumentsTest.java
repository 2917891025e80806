package backout.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import backout.chat.discord.DiscordChat;
import backout.chat.slack.SlackChat;
import backout.language.Language;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;

/** What is typed wrong, and the help, are told in the language of the environment. */
class ArgumentsTest {
    private static final Language CHINESE = Language.of("zh_CN.UTF-8", ZoneOffset.UTC);

    private static Arguments arguments(Language language) {
        return new Arguments(
                Path.of(""), "1.0", language, List.of(SlackChat.KEYS, DiscordChat.KEYS));
    }

    private static String help(Language language, String... words) {
        var wish = arguments(language).read(List.of(words));
        assertThat(wish).isInstanceOf(Verb.Text.class);
        return wish instanceof Verb.Text(String text) ? text : "";
    }

    @Test
    void the_help_is_in_chinese() {
        assertThat(help(CHINESE, "--help"))
                .startsWith("用法：bot/backout ")
                .contains("命令：")
                .contains("回滚服务，并证明回滚成功。")
                .contains("退出码：0 已完成并验证");
        assertThat(help(CHINESE, "run", "--help")).contains("--as=PERSON").contains("以谁的身份执行");
    }

    @Test
    void the_help_is_in_english() {
        assertThat(help(Language.ENGLISH, "--help"))
                .startsWith("Usage: bot/backout ")
                .contains("Commands:")
                .contains("Rolls services back and proves it.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    run help                      | Missing required option: '--as=PERSON'                   | 缺少必需的选项：'--as=PERSON'
                    cancel                        | Missing required options and parameters: '--as=PERSON', 'RUN' | 缺少必需的选项和参数：'--as=PERSON', 'RUN'
                    signin                        | Missing required parameter: 'PERSON'                     | 缺少必需的参数：'PERSON'
                    cancel --as                   | Missing required parameter for option '--as' (PERSON)    | 选项 '--as' (PERSON) 缺少必需的参数
                    cancel A --as li --as anna    | option '--as' (PERSON) should be specified only once     | 选项 '--as' (PERSON) 只能写一次
                    run help --as --yes           | Expected parameter for option '--as' but found '--yes'   | 选项 '--as' 需要参数，却遇到 '--yes'
                    run -- --as                   | Missing required option: '--as=PERSON'                   | 缺少必需的选项：'--as=PERSON'
                    """)
    void what_the_library_refuses_is_told_in_both(String typed, String english, String chinese) {
        var refused =
                catchThrowableOfType(
                        ProblemException.class,
                        () -> arguments(CHINESE).read(List.of(typed.split(" +"))));
        assertThat(refused.problem().what()).hasToString(english);
        assertThat(refused.problem().in(CHINESE).what()).hasToString(chinese);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    check --live web   | "web" is not understood here    | check takes nothing but options. Write: bot/backout check [--help] [--live]
                    check --all        | "--all" is not understood here  | Write: bot/backout check [--help] [--live]
                    check --liv        | "--liv" is not understood here  | Did you mean --live? Write: bot/backout check [--help] [--live]
                    serve now          | "now" is not understood here    | serve takes nothing but options. Write: bot/backout serve
                    status web worker  | "worker" is not understood here | Write: bot/backout status
                    status --all       | "--all" is not understood here  | Write: bot/backout status
                    --nonsense         | "--nonsense" is not understood here | Write: bot/backout [--help]
                    run a --as li -x   | "-x" is not understood here     | Words that begin with - stand between the quotes of a command, or after --. Write: bot/backout run
                    signin             | Missing required parameter: 'PERSON' | Write: bot/backout signin
                    hosts              | no command is named             | There are: scan
                    hosts scan         | Missing required parameter: 'HOST' | Write: bot/backout hosts scan
                    hosts look db1     | there is no "look"              | There are: scan
                    hosts scna db1     | there is no "scna"              | Did you mean "scan"? There are: scan
                    hosts scan a b     | "b" is not understood here      | Write: bot/backout hosts scan
                    """)
    void what_is_not_understood_is_told_with_what_can_be(String typed, String what, String next) {
        var refused =
                catchThrowableOfType(
                        ProblemException.class,
                        () -> arguments(CHINESE).read(List.of(typed.split(" +"))));
        assertThat(refused.problem().what()).hasToString(what);
        assertThat(refused.problem().next().toString()).startsWith(next).doesNotContain("\n");
    }
}
