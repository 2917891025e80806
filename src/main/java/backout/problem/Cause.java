package backout.problem;

import backout.language.Phrase;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * What a failure of files means, in people's words. Java's and the system's own, which are English,
 * stay beside them as a value: they can be searched for.
 */
public final class Cause {
    private Cause() {}

    public static Phrase of(Throwable failure) {
        return switch (failure) {
            case UncheckedIOException wrapped when wrapped.getCause() != null ->
                    of(wrapped.getCause());
            case NoSuchFileException gone -> Phrase.of("there is no {0}", gone.getFile());
            case AccessDeniedException denied ->
                    Phrase.of(
                            "user {0} has no right to {1}",
                            System.getProperty("user.name"), denied.getFile());
            case FileAlreadyExistsException there ->
                    Phrase.of("{0} is there already", there.getFile());
            case NotDirectoryException file -> Phrase.of("{0} is no folder", file.getFile());
            case DirectoryNotEmptyException full ->
                    Phrase.of("the folder {0} is not empty", full.getFile());
            case FileSystemException other when other.getReason() != null ->
                    Phrase.of("{0}: {1}", String.valueOf(other.getFile()), said(other.getReason()));
            case EOFException _ -> Phrase.of("it ends too early");
            default ->
                    failure.getMessage() == null
                            ? Phrase.verbatim(failure.getClass().getSimpleName())
                            : said(failure.getMessage());
        };
    }

    /** As the system says it, with our words where they are known. */
    private static Phrase said(String words) {
        if (words.contains("No space left on device")) {
            return Phrase.of("the disk is full ({0})", words);
        }
        if (words.contains("Read-only file system")) {
            return Phrase.of("nothing can be written there ({0})", words);
        }
        if (words.contains("Permission denied")) {
            return Phrase.of("the right to do so is missing ({0})", words);
        }
        if (words.contains("No such file or directory")) {
            return Phrase.of("it is not there ({0})", words);
        }
        if (words.contains("Is a directory")) {
            return Phrase.of("it is a folder ({0})", words);
        }
        if (words.contains("Too many open files")) {
            return Phrase.of("too many files are open ({0})", words);
        }
        if (words.contains("Input/output error")) {
            return Phrase.of("the disk does not work as it should ({0})", words);
        }
        return Phrase.verbatim(words);
    }
}
