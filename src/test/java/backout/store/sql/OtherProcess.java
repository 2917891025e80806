package backout.store.sql;

import backout.fixture.ChildJava;
import backout.plan.TargetName;
import backout.run.Journal;
import backout.run.RunEvent;
import backout.run.RunId;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A second Backout on the same state folder: a real process that a test can kill. */
final class OtherProcess implements AutoCloseable {
    static final RunId RUN = new RunId("7F3KQ");
    static final TargetName TARGET = TargetName.of("compose/relay");

    private final Process process;
    private final BufferedReader said;

    private OtherProcess(Process process) {
        this.process = process;
        this.said = process.inputReader();
    }

    static OtherProcess start(Path stateDir, String... what) throws IOException {
        var command = new ArrayList<>(ChildJava.command("-Xmx64m"));
        command.addAll(List.of(OtherProcess.class.getName(), stateDir.toString()));
        command.addAll(List.of(what));
        return new OtherProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** The next line it said; null when it has ended. */
    @org.jspecify.annotations.Nullable
    String line() throws IOException {
        return said.readLine();
    }

    /** SIGKILL, and wait until it is gone; what it said before can still be read. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    static RunEvent.Requested request(RunId run, String delivery) {
        return new RunEvent.Requested(
                Instant.EPOCH,
                run,
                delivery,
                "anna",
                TARGET,
                "compose",
                "compose relay",
                "",
                Map.of(),
                "");
    }

    static RunEvent confirmed(String by) {
        return new RunEvent.Confirmed(Instant.EPOCH, by, "0a1b2c3d4e5f");
    }

    /** Appends as {@code by}; reads again as often as somebody else was first. */
    static void insist(Journal journal, String by) {
        while (true) {
            try {
                int read = journal.read(RUN).size();
                journal.append(RUN, read, List.of(confirmed(by)), List.of(), null);
                return;
            } catch (Journal.Overtaken _) {
                Thread.onSpinWait();
            }
        }
    }

    /** As a look at a proof of life does it, and goes on looking. */
    private static void look(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            boolean free = channel.tryLock(0, Long.MAX_VALUE, true) != null;
            System.out.println(free ? "dead" : "alive");
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    /**
     * {@code DIR append NAME MOST} says each append once it is on disk; {@code DIR hold KEY};
     * {@code DIR look FILE}.
     */
    public static void main(String[] args) throws IOException {
        if (args[1].equals("look")) {
            look(Path.of(args[2]));
            return;
        }
        try (var store = SqlStore.open(Path.of(args[0]), InstantSource.system())) {
            if (args[1].equals("append")) {
                for (int i = 0; i < Integer.parseInt(args[3]); i++) {
                    insist(store.journal(), args[2] + i);
                    System.out.println(args[2] + i);
                }
            } else {
                var lease = store.leases().take(args[2], Duration.ofHours(1));
                System.out.println(lease.map(taken -> "token " + taken.token()).orElse("refused"));
                System.in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
    }
}
