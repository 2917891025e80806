package backout.story;

import backout.KilledMain;
import backout.Main;
import backout.fixture.ChildJava;
import backout.fixture.Folders;
import backout.run.Journal;
import backout.run.Next;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.store.sql.SqlStore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One run in many processes: each is killed where none was killed before, and the next one goes on.
 */
final class Killed implements AutoCloseable {
    static final String COMMAND = "compose claude-relay because 5xx";

    /** What a shell says of a process that SIGKILL ended. */
    private static final int SIGKILL = 137;

    private static final List<String> SERVE = List.of("serve");

    private static final int MOST_PROCESSES = 250;

    private final Site site;
    private final String where;
    private final People people;
    private final Path folder = Folders.make("killed");
    private final Path places = folder.resolve("places");
    private final Path output = folder.resolve("output");

    /**
     * @param each whether every event of every step is a place, not only the first one of every
     *     kind of event
     * @param known places that need no process any more
     */
    Killed(Relay relay, boolean each, List<String> known) throws IOException {
        this(relay, each, known, Killed::agree);
    }

    /**
     * @param people what is typed when the run waits for somebody
     */
    Killed(Relay relay, boolean each, List<String> known, People people) throws IOException {
        this(Site.of(relay), each ? "each" : "kinds", known, people);
    }

    /** The same of a single container. */
    Killed(Lone lone, boolean each, List<String> known) throws IOException {
        this(Site.of(lone), each ? "each" : "kinds", known, Killed::agree);
    }

    /**
     * A run of several targets, of which one is this.
     *
     * @param where a pattern of places
     */
    Killed(Relay relay, String command, String where) throws IOException {
        this(new Site(relay.home, relay::store, command), where, List.of(), Killed::agree);
    }

    /** Whose run it is. */
    private record Site(Path home, Supplier<SqlStore> open, String command) {
        static Site of(Relay relay) {
            return new Site(relay.home, relay::store, COMMAND);
        }

        static Site of(Lone lone) {
            return new Site(lone.home, lone::store, "container relay because 5xx");
        }

        SqlStore store() {
            return open.get();
        }

        List<String> begin() {
            return List.of("run", command, "--as", "anna", "--yes");
        }
    }

    /** Its processes are killed by nobody but the test. */
    static Killed nowhere(Relay relay) throws IOException {
        return new Killed(Site.of(relay), "nowhere", List.of(), Killed::agree);
    }

    private Killed(Site site, String where, List<String> known, People people) throws IOException {
        this.site = site;
        this.where = where;
        this.people = people;
        Files.write(places, known);
        Files.createFile(output);
    }

    /** Those whom a run waits for. */
    interface People {
        /** What one of them types now, as arguments. */
        List<String> say(Run run);
    }

    /** Anna confirms and Ben approves. */
    static List<String> agree(Run run) {
        return run.isConfirmed() ? type("approve", run, "ben") : type("confirm", run, "anna");
    }

    static List<String> type(String word, Run run, String person) {
        boolean plain =
                run.planChanges().isEmpty() || !List.of("confirm", "approve").contains(word);
        String plan = plain ? "" : " plan " + run.plan().hash();
        return List.of("run", word + " " + run.id() + plan, "--as", person);
    }

    /** Until the run is over. */
    void toTheEnd() throws IOException, InterruptedException {
        for (int processes = 0; processes < MOST_PROCESSES; processes++) {
            List<String> words = next();
            if (words.isEmpty()) {
                return;
            }
            int known = places().size();
            Process process = start(words);
            awaitEnd(process, words);
            if (process.exitValue() == SIGKILL && places().size() == known + 1) {
                System.out.println("killed " + places().getLast() + ", in: " + words.getFirst());
            }
        }
        throw new AssertionError("no end after " + MOST_PROCESSES + " processes:\n" + text());
    }

    Process start(List<String> words) throws IOException {
        return start(words, Map.of());
    }

    Process start(List<String> words, Map<String, String> environment) throws IOException {
        var command = new ArrayList<>(ChildJava.command("-Xmx192m", home()));
        command.addAll(List.of(KilledMain.class.getName(), places.toString()));
        command.add(where);
        command.addAll(words);
        return java(command, environment);
    }

    private String home() {
        return "-Dbackout.home=" + site.home();
    }

    /** One whole run by which those that come later are started in half the time. */
    void train() throws IOException, InterruptedException {
        var command = new ArrayList<>(ChildJava.training("-Xmx192m", home()));
        command.add(Main.class.getName());
        command.addAll(site.begin());
        if (java(command, Map.of()).waitFor() != 0) {
            throw new AssertionError(text());
        }
        ChildJava.trained();
    }

    private Process java(List<String> command, Map<String, String> environment) throws IOException {
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /**
     * A process that is not killed any more ends by itself, but for the one that serves and the one
     * that follows a run which waits for somebody else.
     */
    private void awaitEnd(Process process, List<String> words) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
            if (hasNothingToDo(words)) {
                process.destroy();
            }
            if (System.nanoTime() > end) {
                process.destroyForcibly();
                throw new AssertionError("still running after 180 s:\n" + text());
            }
        }
    }

    private boolean hasNothingToDo(List<String> words) {
        return waitsOrIsOver(words) && hasPassedItsLastPlace();
    }

    /** What was journalled last may be told while its writer has not come back yet. */
    private boolean hasPassedItsLastPlace() {
        String kind = KilledMain.kind(events().getLast());
        try {
            return where.equals("nowhere")
                    || places().stream()
                            .anyMatch(place -> place.matches("after .*\\b" + kind + "\\b.*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean waitsOrIsOver(List<String> words) {
        try (var store = site.store()) {
            List<RunId> runs = store.journal().recent(1);
            if (runs.isEmpty()) {
                return false;
            }
            Run run = Run.of(store.journal().read(runs.getFirst()));
            return switch (run.next(Instant.now())) {
                case Next.Nothing _ -> true;
                case Next.Wait _ ->
                        words.equals(SERVE) || (words.equals(site.begin()) && run.isConfirmed());
                default -> false;
            };
        }
    }

    /** What somebody types who sees how far it has come; nothing when the run is over. */
    private List<String> next() {
        try (var store = site.store()) {
            Journal journal = store.journal();
            List<RunId> runs = journal.recent(1);
            if (runs.isEmpty()) {
                return site.begin();
            }
            Run run = Run.of(journal.read(runs.getFirst()));
            return switch (run.next(Instant.now())) {
                case Next.Nothing _ -> List.of();
                case Next.Wait _ -> people.say(run);
                default -> SERVE;
            };
        }
    }

    List<String> places() throws IOException {
        return Files.readAllLines(places);
    }

    String text() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "its output cannot be read: " + e;
        }
    }

    List<RunEvent> events() {
        try (var store = site.store()) {
            return store.journal().read(store.journal().recent(1).getFirst());
        }
    }

    @Override
    public void close() {
        Folders.delete(folder);
    }
}
