package backout.docker;

import backout.language.Phrase;

import java.util.List;
import java.util.Locale;

/** Reads what the engine tells of a registry: mostly words, for its status is often 500. */
final class RegistryWords {
    private static final List<String> UNKNOWN =
            List.of("manifest unknown", "name unknown", "not found");
    private static final List<String> FORBIDDEN =
            List.of(
                    "unauthorized",
                    "no basic auth credentials",
                    "authentication required",
                    "authentication failed",
                    "denied",
                    "forbidden",
                    "incorrect username or password",
                    "insufficient_scope");

    private RegistryWords() {}

    static RegistryAnswer read(Answer answer) {
        if (answer.isSuccess()) {
            var digest = Json.text(answer.json().path("Descriptor"), "digest");
            return digest.isEmpty() ? new RegistryAnswer.HasNot() : new RegistryAnswer.Has(digest);
        }
        String said = answer.message();
        if (answer.status() == 404 || says(said, UNKNOWN)) {
            return new RegistryAnswer.HasNot();
        }
        boolean forbidden =
                answer.status() == 401 || answer.status() == 403 || says(said, FORBIDDEN);
        return forbidden
                ? new RegistryAnswer.NotAllowed(Phrase.verbatim(said))
                : new RegistryAnswer.Silent(Phrase.verbatim(said));
    }

    private static boolean says(String said, List<String> words) {
        String lower = said.toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(lower::contains);
    }
}
