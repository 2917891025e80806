package backout.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import backout.language.Language;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;

/** Mistakes in files are told in the reader's language, with their values. */
final class ToldInChineseTest {
    private static final Language CHINESE = Language.of("zh-CN", ZoneOffset.UTC);

    @TempDir Path root;

    private String told(TestSite site) {
        var refused =
                catchThrowableOfType(
                        ProblemException.class,
                        () -> TestSite.loader().load(site.file("commands"), site.file("config")));
        var problem = refused.problem().in(CHINESE);
        return problem.what() + "|" + problem.next();
    }

    @Test
    void a_value_that_is_none() throws IOException {
        var site = TestSite.in(root).with("config/people.yml", "people: {li: {level: L9}}\n");
        assertThat(told(site)).isEqualTo("应为以下之一：L0、L1、L2、L3，实际为\"L9\"|请写其中之一");
    }

    @Test
    void a_key_that_is_misspelt() throws IOException {
        var site = TestSite.in(root).with("config/people.yml", "people: {li: {levle: L1}}\n");
        assertThat(told(site))
                .isEqualTo(
                        "没有这个键|是否想写 “level”？这里可用的键：level、accounts、role、phone、mail、webhook、pager");
    }

    @Test
    void a_key_that_is_missing() throws IOException {
        var site = TestSite.in(root).with("config/approvals.yml", "policies: {p: {from: L2}}\n");
        assertThat(told(site)).isEqualTo("缺少 “votes”|请补上。除发起人外还须几人批准；发起人自己确认即可时写 0。");
    }

    @Test
    void words_that_are_no_grammar() throws IOException {
        var site =
                TestSite.in(root)
                        .change("commands/keep.yml", "RUN [because REASON...]", "RUN because");
        assertThat(told(site)).startsWith("“because”：需原样输入的单词应放在方括号里|例如写 [TARGET]");
    }

    @Test
    void a_check_in_words_that_nobody_knows() throws IOException {
        var site =
                TestSite.in(root)
                        .change(
                                "commands/compose.yml",
                                "container [RESTARTS] == 0",
                                "container [RESTARTS] =< 0");
        assertThat(told(site))
                .isEqualTo(
                        "\"container [RESTARTS] =< 0\" 中第 22 个字符处的 \"=<\" 不是运算符|请写其中之一：== != < <= >"
                                + " >=");
    }
}
