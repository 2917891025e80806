package backout.chat.console.web;

import backout.language.Language;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** In which language and by which clock somebody reads, as their browser tells it. */
final class Reader {
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9_+/-]{1,64}");

    private Reader() {}

    /**
     * The first language that they ask for and that there is, as RFC 4647 looks it up: who asks for
     * {@code zh-TW} reads {@code zh}.
     *
     * @param accepted the header {@code Accept-Language}; null where there is none
     * @param usual for who asks for no language that there is; its zone holds until a browser tells
     *     its own
     */
    static Language of(@Nullable String accepted, Language usual) {
        return Optional.ofNullable(accepted)
                .flatMap(Reader::known)
                .map(locale -> new Language(locale, usual.zone()))
                .orElse(usual);
    }

    /**
     * The zone that the browser's clock is set to.
     *
     * @param name as the IANA has it, from the page's script; a name that is none counts as none
     */
    static ZoneId zone(Optional<String> name, ZoneId usual) {
        return name.filter(ZONE.asMatchPredicate()).flatMap(Reader::zone).orElse(usual);
    }

    private static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
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
