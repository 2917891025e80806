package backout.host;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;

/** Why what a path leads to could not be told. */
final class NotRead {
    private NotRead() {}

    static ProblemException tooLong(Path file, int maxBytes) {
        return Problem.stop(
                Phrase.of("holds more than {0} bytes", maxBytes),
                file.toString(),
                Phrase.of("Check that this is the file that was meant"));
    }

    static ProblemException pipe(Path file) {
        return Problem.stop(
                Phrase.of("is a pipe or a device, which gives what it says only once"),
                file.toString(),
                Phrase.of("write what it says into a file that stays"));
    }

    static ProblemException failed(Path path, Phrase why) {
        return Problem.stop(
                Phrase.of("cannot be read: {0}", why),
                path.toString(),
                Phrase.of("Check the path and its rights"));
    }
}
