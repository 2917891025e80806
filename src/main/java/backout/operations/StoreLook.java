package backout.operations;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.run.Journal;
import backout.run.Leases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Writes to the store, reads from the journal, and looks how much room is left. */
public final class StoreLook implements Lookout.Look {
    /** What a run appends and keeps besides its backup. */
    private static final long ROOM = 16L << 20;

    /** No target's name: those hold no blank. */
    private static final String KEY = "is it ready";

    private final Journal journal;
    private final Leases leases;
    private final Path folder;

    public StoreLook(Journal journal, Leases leases, Path folder) {
        this.journal = journal;
        this.leases = leases;
        this.folder = folder;
    }

    /** A lease that is taken and given back is written like an event, and means nothing. */
    @Override
    public String now() {
        leases.take(KEY, Duration.ofSeconds(5)).ifPresent(leases::release);
        int open = journal.open().size();
        refuseWhenFull();
        return "written and read, " + open + " open";
    }

    private void refuseWhenFull() {
        long free = free();
        if (free < ROOM) {
            throw Problem.stop(
                    Phrase.of(
                            "the disk is almost full: {0} MB are free, a run needs {1}",
                            (free >> 20), (ROOM >> 20)),
                    folder.toString(),
                    Phrase.of("free some space: df -h {0}", folder));
        }
    }

    private long free() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("nobody can tell how full the disk is: {0}", Cause.of(e)),
                    folder.toString(),
                    Phrase.of("look at the disk: df -h {0}", folder));
        }
    }
}
