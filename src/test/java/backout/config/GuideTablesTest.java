package backout.config;

import static org.assertj.core.api.Assertions.assertThat;

import backout.command.CommandSpec;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Each row of the guide's tables names a command and tests that are there. */
final class GuideTablesTest {
    private static final Pattern COMMAND =
            Pattern.compile("`(?:(bot/backout) )?([a-z]+) [^`]*[A-Z][^`]*`");

    /** {@code ContainerTruthTest} (D11, D29): the test, and what its methods begin with. */
    private static final Pattern TEST =
            Pattern.compile("`(\\w+Test)`(?:(?: \\(|（)([D0-9, 、]+)[)）])?");

    @ParameterizedTest
    @CsvSource({"README.md, ## What the guide says", "README.zh-CN.md, ## 指南的方法"})
    void each_row_names_a_command_and_tests_that_are_there(String file, String heading)
            throws IOException {
        Map<String, String> tests = tests();
        List<String> commands =
                TestSite.loader()
                        .load(TestSite.COMMANDS, TestSite.CONFIG)
                        .site()
                        .commands()
                        .stream()
                        .map(CommandSpec::name)
                        .toList();
        List<String[]> rows = rows(Files.readString(TestSite.COMMANDS.resolve(file)), heading);

        assertThat(rows).hasSizeGreaterThan(25).allMatch(row -> row.length == 5);
        for (String[] row : rows) {
            var command = COMMAND.matcher(row[2]);
            assertThat(command.find()).as(row[2]).isTrue();
            if (command.group(1) == null) {
                assertThat(commands).contains(command.group(2));
            }
            assertThat(missing(row[4], tests)).as(row[1]).isEmpty();
        }
    }

    /** The cells of a row begin at 1. */
    private static List<String[]> rows(String readme, String heading) {
        return readme.substring(readme.indexOf(heading))
                .lines()
                .filter(line -> line.startsWith("| "))
                .filter(line -> line.contains("Test`"))
                .map(line -> line.split("(?<!\\\\)\\|", -1))
                .map(cells -> java.util.Arrays.copyOf(cells, cells.length - 1))
                .toList();
    }

    private static List<String> missing(String cell, Map<String, String> tests) {
        var missing = new ArrayList<String>();
        List<MatchResult> named = TEST.matcher(cell).results().toList();
        assertThat(named).as(cell).isNotEmpty();
        for (MatchResult one : named) {
            String source = tests.getOrDefault(one.group(1), "");
            if (source.isEmpty()) {
                missing.add(one.group(1));
            } else if (one.group(2) != null) {
                for (String number : one.group(2).split("[, 、]+")) {
                    String method = number.toLowerCase(Locale.ROOT) + "_";
                    if (!source.contains(" " + method) && !source.contains("_" + method)) {
                        missing.add(one.group(1) + " " + number);
                    }
                }
            }
        }
        return missing;
    }

    /** The source of each test by its name; of two with one name, of both. */
    private static Map<String, String> tests() throws IOException {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(path -> path.toString().endsWith("Test.java"))
                    .collect(
                            Collectors.toMap(
                                    path -> path.getFileName().toString().replace(".java", ""),
                                    GuideTablesTest::read,
                                    String::concat));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
