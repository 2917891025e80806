package backout.executor.compose.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What each form of an env line gives, and where it stands; docker compose agrees. */
final class EnvValueTest {
    @TempDir Path directory;

    static Stream<Arguments> values() {
        return Stream.of(
                        List.of("A=1\n", "1"),
                        List.of("A=\n", ""),
                        List.of("A=", ""),
                        List.of("A=\nB=2\n", ""),
                        List.of("A=''\n", ""),
                        List.of("A=   # a value\n", "# a value"),
                        List.of("A= x # comment\n", "x"),
                        List.of("A=x#y\n", "x#y"),
                        List.of("A=a b c \t \n", "a b c"),
                        List.of("A=1\nB=2 # x\n", "1"),
                        List.of("A='a # b' # c\n", "a # b"),
                        List.of("A=\"a # b\"#c\n", "a # b"),
                        List.of("B=2\nA='${B}'\n", "${B}"),
                        List.of("B=2\nA=\"${B}\"\n", "2"),
                        List.of("A=$B\nB=2\n", ""),
                        List.of("B=2\nA=x$B\n", "x2"),
                        List.of("A=$$B\n", "$B"),
                        List.of("B=2\nA=\\$B\n", "\\2"),
                        List.of("B=2\nA=\"\\$B\"\n", "$B"),
                        List.of("A=\"a\\tb\\\\c\\\"d\"\n", "a\tb\\c\"d"),
                        List.of("A=\"\\a\\b\\f\\r\\v.\"\n", "\u0007\b\f\r\u000B."),
                        List.of("A=\"\\\\n\\n.\"\n", "\\n\n."),
                        List.of("A=\"\\0101\\0351\\00412\\x\"\n", "A\u00e9!2\\x"),
                        List.of(
                                "A=\"\\0.\\012.\\0777.\\0198.\\019.\"\n",
                                "\\.\\12.\\777.\\198.\\19."),
                        List.of("A='a\\tb\\'c'\n", "a\\tb'c"),
                        List.of("A=a\\tb\n", "a\\tb"),
                        List.of("A=\"a\nb\"\nB=2\n", "a\nb"),
                        List.of("B='c\n#d\n'\nA=3\n", "3"),
                        List.of("export A=1\n", "1"),
                        List.of("export \t A  = 1\n", "1"),
                        List.of("export=1\nA=$export\n", "1"),
                        List.of("A: 1\n", "1"),
                        List.of("A : '2'\n", "2"),
                        List.of("#A=1\n  #A=2\n\n\n   A=3", "3"),
                        List.of("A=1\nA=2\nA=${A}3\n", "23"),
                        List.of("B\nA=[${B}]\n", "[]"),
                        List.of("A=1\r\nB=2\r\n", "1"),
                        List.of("A='1'\r\nB=2\r\n", "1"),
                        List.of("\uFEFFA=1\n", "1"),
                        List.of("A=x$\n", "x$"),
                        List.of("A=$1\n", "$1"),
                        List.of("A=a=b:c\n", "a=b:c"),
                        List.of("B=\"x\" A=2\n", "2"))
                .map(pair -> Arguments.of(pair.getFirst(), pair.getLast()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_value_is_what_compose_takes_it_for(String text, String value) {
        var project = project(text);
        assertThat(project.files().images()).containsEntry("a", "x[" + value + "]");
        project.agreesWithCompose();
    }

    @Test
    void a_name_alone_takes_its_value_from_the_shell() {
        var project = project("A\n").shell("A", "9");
        assertThat(project.files().images()).containsEntry("a", "x[9]");
        project.agreesWithCompose();
    }

    @Test
    void the_shell_wins_also_inside_a_later_line() {
        var project = project("B=2\nA=$B\n").shell("B", "9");
        assertThat(project.files().images()).containsEntry("a", "x[9]");
        project.agreesWithCompose();
    }

    @Test
    void a_later_file_wins_and_sees_the_one_before() {
        var project =
                new ComposeProject(directory)
                        .compose("compose.yml", "services: {a: {image: 'x[${A}]'}}\n")
                        .envFile("one.env", "A=1\nB=2\n")
                        .envFile("two.env", "A=${A}${B}3\n");
        assertThat(project.files().images()).containsEntry("a", "x[123]");
        project.agreesWithCompose();
    }

    @Test
    void a_line_knows_where_its_value_starts_and_ends() {
        var text = "# first\r\nA=1 # one\nexport B = \"two\"\n";
        var lines =
                EnvFile.lines(
                        SourceFile.of(directory.resolve(".env"), text),
                        Environment.of(Map.of(), "p", List.of()));
        assertThat(lines)
                .extracting(line -> text.substring(line.start(), line.end()))
                .containsExactly("1", "two");
        assertThat(lines)
                .extracting(EnvLine::toString)
                .containsExactly(
                        directory.resolve(".env") + ":2 A", directory.resolve(".env") + ":3 B");
    }

    @Test
    void what_is_refused_names_the_line_and_what_to_write() {
        assertThatThrownBy(() -> project("A=1\n\nB%=2\n").files().images())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> {
                            assertThat(refused.problem().where()).endsWith(".env:3");
                            assertThat(refused.problem().next())
                                    .hasToString("write NAME=value, or put a # before the line");
                        });
    }

    private ComposeProject project(String env) {
        return new ComposeProject(directory)
                .compose("compose.yml", "services:\n  a: {image: \"x[${A}]\"}\n")
                .with(".env", env);
    }
}
