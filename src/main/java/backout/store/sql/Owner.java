package backout.store.sql;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Whose the state folder is. What root writes into another user's folder that user can neither lock
 * nor read any more, and the bot that serves from it stands still. Root can use whatever others
 * write: who may not use root's folder is told so when it is opened.
 */
final class Owner {
    private static final String UID = "unix:uid";
    private static final Integer ROOT = 0;

    private Owner() {}

    /**
     * @throws ProblemException when the folder is another user's; nothing was touched
     * @throws IOException when that cannot be told
     */
    static void refuseOther(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        try {
            Object owner = Files.getAttribute(folder, UID);
            if (!owner.equals(ROOT) && !owner.equals(own())) {
                throw other(folder, Files.getOwner(folder).getName());
            }
        } catch (NoSuchFileException _) {
            // it will be made, and then it is ours
        }
    }

    /** The user as whom this process makes files: it alone counts. */
    private static Object own() throws IOException {
        Path probe = Files.createTempFile("backout-", ".owner");
        try {
            return Files.getAttribute(probe, UID);
        } finally {
            Files.delete(probe);
        }
    }

    private static ProblemException other(Path folder, String owner) {
        boolean nameless = owner.chars().allMatch(Character::isDigit);
        return Problem.stop(
                Phrase.of(
                        "this state folder belongs to the user {0}, and Backout was started"
                                + " as another one; what it would write there, the bot of {0}"
                                + " could not use any more",
                        owner),
                folder.toString(),
                Phrase.of(
                        "say it as that user: sudo -u {0} bot/backout …; or, should this"
                                + " one serve from now on, give it the folder with chown -R",
                        nameless ? "'#" + owner + "'" : owner));
    }
}
