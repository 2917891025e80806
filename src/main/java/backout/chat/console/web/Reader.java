package backout.chat.console.web;

import backout.language.Language;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/** In which language somebody reads, as their browser tells it. */
final class Reader {
    private Reader() {}

    /**
     * The first language that they ask for and that there is, as RFC 4647 looks it up: who asks for
     * {@code zh-TW} reads {@code zh}.
     *
     * @param accepted the header {@code Accept-Language}; null where there is none
     * @param usual for who asks for no language that there is; its zone holds for everybody
     */
    static Language of(@Nullable String accepted, Language usual) {
        return Optional.ofNullable(accepted)
                .flatMap(Reader::known)
                .map(locale -> new Language(locale, usual.zone()))
                .orElse(usual);
    }

    private static Optional<Locale> known(String accepted) {
        try {
            var ranges = Locale.LanguageRange.parse(accepted);
            return Optional.ofNullable(Locale.lookup(ranges, Language.KNOWN));
        } catch (IllegalArgumentException noSuchHeader) {
            return Optional.empty();
        }
    }
}
