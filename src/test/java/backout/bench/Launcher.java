package backout.bench;

import backout.fixture.Cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Java as {@code bot/backout} starts it. */
final class Launcher {
    static final Path SCRIPT = Path.of("bot/backout").toAbsolutePath();

    private Launcher() {}

    /** Whether what it starts has a cache of classes already. */
    static boolean trainsItself() {
        return text().contains("AOTCache");
    }

    private static String text() {
        try {
            return Files.readString(SCRIPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The flags that the script gives, but for those that name a path of its own. */
    static List<String> flags() {
        return flags(text());
    }

    static List<String> flags(String script) {
        return Stream.of(script.split("[\\s\"()]+"))
                .filter(word -> word.matches("-(X|D(java|org)\\.|-enable-native)\\S*"))
                .filter(word -> !word.matches(".*(\\$|AOT|-Xlog).*"))
                .distinct()
                .toList();
    }

    /**
     * Runs a class of the benchmarks by the same Java with the same flags.
     *
     * @return what it prints
     */
    static String run(Class<?> main, List<String> arguments) {
        var argv = new ArrayList<String>();
        argv.add(program().toString());
        argv.addAll(flags());
        argv.add(main.getName());
        argv.addAll(arguments);
        return new Cli(
                        Path.of("").toAbsolutePath(),
                        Map.of("CLASSPATH", System.getProperty("java.class.path")))
                .run(argv.toArray(String[]::new));
    }

    /** What starts a class of the tests by the same Java with the same flags, in any folder. */
    static List<String> words(Class<?> main, String... arguments) {
        var argv = new ArrayList<String>();
        argv.add(program().toString());
        argv.addAll(flags());
        argv.addAll(List.of("-cp", absolute(System.getProperty("java.class.path"))));
        argv.add(main.getName());
        argv.addAll(List.of(arguments));
        return argv;
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    static Path program() {
        return Path.of(System.getProperty("java.home"), "bin/java");
    }
}
