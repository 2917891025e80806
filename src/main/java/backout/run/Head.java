package backout.run;

import java.util.Locale;
import java.util.Optional;

/**
 * Where the chain over the journal stood: how many events were in it, and the hash of the last one,
 * which seals all before it. Posted where many people see it, it is a witness that the journal's
 * owner does not hold.
 *
 * @param hash in hex; the whole of it, or the beginning that was posted
 */
public record Head(long number, String hash) {
    /** As many as nobody finds another journal for. */
    private static final int POSTED = 16;

    private static final int WHOLE = 64;

    /** As people were shown it: {@code 412:9f3ab2c7d1e4a0b7}; empty for anything else. */
    public static Optional<Head> of(String typed) {
        String text = typed.strip().toLowerCase(Locale.ROOT);
        if (!text.matches("[0-9]{1,15}:[0-9a-f]{" + POSTED + "," + WHOLE + "}")) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        return Optional.of(
                new Head(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1)));
    }

    /** What is posted. */
    public String text() {
        return number + ":" + hash.substring(0, Math.min(POSTED, hash.length()));
    }
}
