package backout;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Compiled;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A newcomer finds things: no file is long, and the walk of {@code docs/house.md} is true. */
class HouseTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int MOST_LINES = 300;

    /** What the walk names: {@code run/Course}, {@code Course.next}, {@code Course}. */
    private static final Pattern NAMED =
            Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w*|[A-Z]\\w*(?:\\.\\w+)?)`");

    private static final Set<String> THERE = there();

    @Test
    void no_file_has_more_than_300_lines() throws IOException {
        assertThat(sources()).hasSizeGreaterThan(100);
        var tooLong = new TreeSet<String>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > MOST_LINES) {
                tooLong.add(file + " has " + lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void each_class_and_method_that_the_walk_names_is_there() throws IOException {
        Set<String> named = named(Files.readString(Path.of("docs/house.md")));
        assertThat(named).hasSizeGreaterThan(50).contains("run/Course", "Course.next");
        assertThat(named).isSubsetOf(THERE);
    }

    @Test
    void what_is_gone_would_be_noticed() {
        assertThat(
                        named(
                                "`run/Unwritten`, `Course.nothing` and `Unwritten` of the `Course`"
                                        + " in `commands/`"))
                .containsExactlyInAnyOrder(
                        "run/Unwritten", "Course.nothing", "Unwritten", "Course");
        assertThat(THERE)
                .contains("run/Course", "Course.next", "Course", "RunEvent.Requested")
                .doesNotContain("run/Unwritten", "Course.nothing", "Unwritten", "plan/Course");
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static Set<String> named(String text) {
        return NAMED.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every class as {@code package/Class} and by its name, and its methods and nested classes. */
    private static Set<String> there() {
        return Compiled.classes().stream().flatMap(HouseTest::names).collect(Collectors.toSet());
    }

    private static Stream<String> names(JavaClass type) {
        String name = type.getSimpleName();
        String path = type.getName().replaceFirst("^backout\\.", "").replace('.', '/');
        String nested = type.getEnclosingClass().map(JavaClass::getSimpleName).orElse("");
        return Stream.concat(
                Stream.of(name, path, nested + "." + name),
                type.getMethods().stream()
                        .map(JavaMethod::getName)
                        .map(method -> name + "." + method));
    }
}
