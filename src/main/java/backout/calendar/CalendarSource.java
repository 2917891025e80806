package backout.calendar;

import backout.check.Secret;
import backout.http.Feed;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a calendar is.
 *
 * @param written {@code https://…}, a reference to a secret that is such an address, or a file
 * @param folder in which files are looked for
 */
public record CalendarSource(String written, Path folder) {
    /** Years of a big team's shifts have a tenth of that. */
    static final int MOST_BYTES = 1024 * 1024;

    /** Never what is behind the host: whoever knows the whole address may read the calendar. */
    String shown() {
        return isAddress(written) ? Feed.shown(written) : written;
    }

    private boolean isReference() {
        return written.startsWith("env:") || written.startsWith("file:");
    }

    private static boolean isAddress(String text) {
        return text.startsWith("https:") || text.startsWith("http:") || text.startsWith("webcal:");
    }

    /**
     * Asks for it once, within seconds.
     *
     * @throws ProblemException when it cannot be had
     */
    byte[] read(Secrets secrets) {
        if (isReference()) {
            Secret secret =
                    secrets.of(written)
                            .orElseThrow(() ->
                                    Problem.stop(
                                            Phrase.of("{0} leads nowhere", written),
                                            Phrase.of(
                                                    "put the calendar's address there, and start"
                                                            + " Backout again")));
            return Feed.read(secret.reveal(), MOST_BYTES);
        }
        return isAddress(written) ? Feed.read(written, MOST_BYTES) : file();
    }

    private byte[] file() {
        Path file = folder.resolve(written);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw Feed.tooLong(MOST_BYTES);
            }
            return content;
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("it cannot be read: {0}", Cause.of(e)),
                    Phrase.of("look at the path and its rights"));
        }
    }
}
