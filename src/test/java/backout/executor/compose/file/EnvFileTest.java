package backout.executor.compose.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Env files as docker compose reads them. */
final class EnvFileTest {
    private static final String COMPOSE =
            """
            services:
              a: {image: "x[${A}]"}
              b: {image: "x[${B-unset}]"}
              c: {image: "x[${C:-unset}]"}
              d: {image: "x[${D_1.x}]"}
            """
                    .replace("${D_1.x}", "$D_1");

    private static final int COUNT = 25;

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A=1\nB=2\nC=3\n",
                "A=\nB=''\nC=\"\"\n",
                "A=   # no comment?\nB= x # comment\nC=x#y\n",
                "A=a b c   \nB='a # b' # c\nC=\"a # b\"#c\n",
                "A='1'\nB='${A}'\nC=\"${A}\"\n",
                "A=$B\nB=2\nC=$B\n",
                "A=$$B\nB=\\$A\nC=\"\\$A\"\n",
                "A=\"a\\tb\\\\c\\\"d\"\nB='a\\tb\\'c'\nC=a\\tb\n",
                "A=\"a\nb\"\nB='c\n#d\n'\nC=3\n",
                "export A=1\nexport\tB=2\n export  C = 3\n",
                "A: 1\nB : '2'\nC:3\n",
                "#A=1\n  #B=2\n\n\n   C=3",
                "A=1\nA=2\nA=${A}3\n",
                "B\nC\nA=1\n",
                "A=${B:-x}\nB=${C:+y}\nC=${A:?no}\n",
                "A=1\r\nB='2'\r\nC=\"3\r\n4\"\r\n",
                "\uFEFFA=1\n",
                "A=é🚀\nB='🚀'\nC=3\nD_1=4\n",
                "export=1\nA=$export\nexportB=2\nB=$exportB\n",
                "A=\"x\" B=2\n",
                "A='x'y\n",
                "A=a=b=c\nB==\nC=:\n",
                "A=\"\\0101\\a\\b\"\nB=1\nC=\"\\x\\u00e9\"\n",
                "C=\"\\\\n\\n\"\n",
            })
    void values_are_those_of_docker_compose(String text) {
        project(text).agreesWithCompose();
    }

    @Test
    void random_env_files_are_read_as_docker_compose_reads_them() {
        var seed =
                Optional.ofNullable(System.getenv("SEED"))
                        .map(Long::parseLong)
                        .orElseGet(System::nanoTime);
        System.out.println("random env files: SEED=" + seed);
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (var count = 0; count < COUNT; count++) {
            var text =
                    IntStream.range(0, 6).mapToObj(_ -> line(random)).collect(Collectors.joining());
            try {
                project(text).agreesWithComposeOrBothRefuse();
            } catch (AssertionError wrong) {
                throw new AssertionError("SEED=" + seed + "\n" + text, wrong);
            }
        }
    }

    private static String line(RandomGenerator random) {
        var name = pick(random, "A", "B", "C", "D_1", "export A", "# A");
        var value =
                pick(
                        random,
                        "1",
                        "",
                        "a b",
                        "'$A'",
                        "\"$B x\"",
                        "${C:-d}",
                        "${A-e}",
                        "x # y",
                        "x#y",
                        "\"q # r\"  # s",
                        "'a\nb'",
                        "$$z",
                        "\"\\n\\$A\"",
                        "a'b\"c",
                        "\\",
                        "'it\\'s'",
                        "${B:+set}",
                        "$",
                        "$1",
                        "é");
        return name
                + pick(random, "=", " = ", ":", "=\t")
                + value
                + pick(random, "\n", "\r\n", "  \n", "\n\n");
    }

    private static String pick(RandomGenerator random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @ParameterizedTest
    @ValueSource(strings = {"A='x\n", "A=\"x\\\"\n", "A B=1\n", "A%=1\n", "A=${B\n", "A=${B?no}\n"})
    void what_compose_refuses_is_refused_with_its_line(String text) {
        var project = project("Z=1\n" + text);
        assertThat(project.composeRefuses().orElse(true)).isTrue();
        assertThatThrownBy(() -> project.files().images())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().where()).endsWith(".env:2"));
    }

    private ComposeProject project(String env) {
        return new ComposeProject(directory).compose("compose.yml", COMPOSE).with(".env", env);
    }
}
