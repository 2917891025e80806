package backout.archive;

import backout.language.Phrase;
import backout.problem.Problem;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Encrypts what goes to disk when there is a key; reads back both kinds, told apart by age's first
 * line.
 */
record Sealed(Optional<AgeKey> key) {
    private static final byte[] AGE = "age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII);

    OutputStream writing(OutputStream out) throws IOException {
        return key.isPresent() ? key.get().encrypting(out) : out;
    }

    /**
     * @param file named in the problem when there is no key for it
     */
    InputStream reading(InputStream in, Path file) throws IOException {
        var buffered = new BufferedInputStream(in, 1 << 18);
        buffered.mark(AGE.length);
        byte[] start = buffered.readNBytes(AGE.length);
        buffered.reset();
        if (!Arrays.equals(start, AGE)) {
            return buffered;
        }
        return key.orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("the file is encrypted and no key was given"),
                                file.toString(),
                                Phrase.of("Give the age key that it was written with")))
                .decrypting(buffered);
    }
}
