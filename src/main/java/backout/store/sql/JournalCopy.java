package backout.store.sql;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import org.sqlite.SQLiteConfig;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A copy of the journal as it was at one moment, made while others write to it, and read back.
 *
 * @param runs how many runs it holds
 * @param open those that are not finished, each read to its last event
 */
public record JournalCopy(Path file, long bytes, int runs, List<RunId> open) {
    public JournalCopy {
        open = List.copyOf(open);
    }

    /**
     * Makes it, mode 0600.
     *
     * @param file must not exist; appears only when the copy is whole and was read back
     * @throws ProblemException when it was not made; nothing is left then
     */
    public static JournalCopy make(Path stateDir, Path file) {
        Path journal = stateDir.toAbsolutePath().resolve("backout.db");
        refuse(
                Files.exists(file),
                Phrase.of("there is a file of that name already"),
                file,
                Phrase.of("name another"));
        refuse(
                !Files.exists(journal),
                Phrase.of("there is no journal yet"),
                journal,
                Phrase.of("start Backout first"));
        refuse(
                file.toString().contains("?"),
                Phrase.of("its path holds a question mark"),
                file,
                Phrase.of("name another"));
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            createForOwnerOnly(partial);
            write(journal, partial);
            JournalCopy copy = read(partial, file);
            publish(partial, file);
            return copy;
        } catch (SQLException e) {
            throw new Trouble(file).of(e);
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("the copy was not made: {0}", Cause.of(e)),
                    file.toString(),
                    Phrase.of("name a file in a folder that this user can write to"));
        } finally {
            remove(partial);
        }
    }

    private static void refuse(boolean refused, Phrase what, Path where, Phrase next) {
        if (refused) {
            throw Problem.stop(what, where.toString(), next);
        }
    }

    private static void createForOwnerOnly(Path partial) throws IOException {
        var mode =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.deleteIfExists(partial);
        FileChannel.open(
                        partial,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        mode)
                .close();
    }

    /** Into an empty file, which SQLite takes like a missing one. */
    private static void write(Path journal, Path partial) throws SQLException {
        try (var connection = Database.connect(journal)) {
            new Session(connection).change("VACUUM INTO ?", partial.toString());
        }
    }

    private static JournalCopy read(Path partial, Path file) throws SQLException, IOException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        try (var connection = config.createConnection("jdbc:sqlite:" + partial)) {
            var session = new Session(connection);
            String verdict =
                    session.first("PRAGMA integrity_check", row -> row.getString(1)).orElse("");
            refuse(
                    !verdict.equals("ok"),
                    Phrase.of("the copy is not whole ({0}), it was removed", verdict),
                    file,
                    Phrase.of("look at the disk: dmesg | tail"));
            int runs = session.first("SELECT count(*) FROM run", row -> row.getInt(1)).orElse(0);
            return new JournalCopy(file, Files.size(partial), runs, open(session));
        }
    }

    private static List<RunId> open(Session session) throws SQLException {
        var open = new ArrayList<RunId>();
        for (String id :
                session.rows(
                        "SELECT id FROM run WHERE finished = 0 ORDER BY n",
                        row -> row.getString(1))) {
            List<RunEvent> events =
                    session.rows(
                            "SELECT body FROM event WHERE run = ? ORDER BY seq",
                            row ->
                                    StoredEvents.RUN.read(
                                            row.getString(1), RunEvent.Unreadable::new),
                            id);
            open.add(Run.of(events).id());
        }
        return open;
    }

    /** A link never replaces a file that appeared meanwhile. */
    private static void publish(Path partial, Path file) throws IOException {
        try (var channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try {
            Files.createLink(file, partial);
        } catch (UnsupportedOperationException _) {
            Files.move(partial, file);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException _) {
            // a disk without links; without REPLACE_EXISTING this refuses as well
            Files.move(partial, file);
        }
        try (var folder = FileChannel.open(file.toAbsolutePath().resolveSibling(""))) {
            folder.force(true);
        }
    }

    private static void remove(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("what was begun could not be removed: {0}", Cause.of(e)),
                    partial.toString(),
                    Phrase.of("remove it by hand"));
        }
    }
}
