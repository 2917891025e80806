package backout.story;

import backout.Main;
import backout.fixture.Await;
import backout.fixture.ChildJava;
import backout.fixture.Engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code bot/backout demo} in a process of its own, which has a temporary folder of its own. */
final class DemoProcess implements AutoCloseable {
    /**
     * What killed demos left on the engine: each demo removes it, also that of a story beside it.
     */
    static final String LEFTOVERS = "leftovers of killed demos";

    private static final Pattern NAME = Pattern.compile("backout-demo-\\w+-\\d+-\\w+");

    private static final Pattern ADDRESS =
            Pattern.compile("Open (http://backout\\.localhost:\\d+) in a browser");

    private final Process process;
    private final Path temporary;
    private final Path output;
    private final Path complaints;

    /**
     * @param folder where it writes what it prints
     * @param temporary where demos make their folders
     */
    DemoProcess(Path folder, Path temporary, Map<String, String> environment, String... options)
            throws IOException {
        this.temporary = temporary;
        output = Files.createTempFile(folder, "output", "");
        complaints = Files.createTempFile(folder, "complaints", "");
        String home = "-Dbackout.home=" + Path.of("").toAbsolutePath();
        var command = new ArrayList<>(ChildJava.command("-Xmx256m", home));
        command.addAll(List.of(Main.class.getName(), "demo"));
        command.addAll(List.of(options));
        var builder =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(complaints.toFile());
        builder.environment().put("TMPDIR", temporary.toString());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    String text() {
        return read(output);
    }

    /** What it printed, whatever the lines were wrapped at. */
    String words() {
        return text().replaceAll("\\s+", " ");
    }

    String complaints() {
        return read(complaints);
    }

    /** What all that it makes is labelled with. */
    String name() {
        var found = NAME.matcher(text());
        if (!found.find()) {
            throw new AssertionError("it has told no name:\n" + text());
        }
        return found.group();
    }

    /** Where its page is. */
    String address() {
        var found = ADDRESS.matcher(text());
        if (!found.find()) {
            throw new AssertionError("it has told no address:\n" + text());
        }
        return found.group(1);
    }

    /** All of it that is there. */
    List<String> made() {
        String name = name();
        var engine = Engine.ofThisMachine();
        var label = "label=backout.demo=" + name;
        var project = "label=com.docker.compose.project=" + name;
        return Stream.of(
                        engine.docker("ps", "--all", "--quiet", "--filter", label),
                        engine.docker("ps", "--all", "--quiet", "--filter", project),
                        engine.docker("network", "ls", "--quiet", "--filter", project),
                        engine.docker("volume", "ls", "--quiet", "--filter", project),
                        engine.docker("images", "--all", "--quiet", "--filter", label),
                        processes(name),
                        Files.exists(temporary.resolve(name)) ? name : "")
                .flatMap(String::lines)
                .toList();
    }

    /** By their mark. */
    private static String processes(String name) {
        return ProcessHandle.allProcesses()
                .map(one -> Path.of("/proc/" + one.pid() + "/environ"))
                .filter(file -> holds(file, "DEMO_OF_BACKOUT=" + name))
                .map(Path::toString)
                .collect(Collectors.joining("\n"));
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException ended) {
            return false;
        }
    }

    DemoProcess until(String part) {
        Await.until(
                part + " is printed, or the end",
                () -> text().contains(part) || !process.isAlive());
        if (!text().contains(part)) {
            throw new AssertionError("it ended before \"" + part + "\":\n" + all());
        }
        return this;
    }

    void type(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** As with {@code < /dev/null}. */
    DemoProcess nothingToRead() throws IOException {
        process.getOutputStream().close();
        return this;
    }

    /** SIGTERM. */
    DemoProcess stop() {
        process.destroy();
        return this;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + Await.PATIENCE + ":\n" + all());
        }
        return process.exitValue();
    }

    String all() {
        return text() + complaints();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that still runs is told to end, so that it cleans up. */
    @Override
    public void close() {
        process.destroy();
        Await.until("the demo ended", () -> !process.isAlive());
    }
}
