package backout.language;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one reader reads: their language and their time.
 *
 * @param locale decides the catalogue; a language without one is read in English
 */
public record Language(Locale locale, ZoneId zone) {
    public static final Language ENGLISH = new Language(Locale.ENGLISH, ZoneOffset.UTC);

    /** Languages that there is a catalogue for, and English. */
    public static final List<Locale> KNOWN = List.of(Locale.ENGLISH, Locale.CHINESE);

    /** The same as people write them in a configuration: {@code zh}. */
    public static final List<String> TAGS = KNOWN.stream().map(Locale::toLanguageTag).toList();

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT);

    /**
     * @param tag as chats and environments write it: {@code zh-CN}, {@code zh_CN.UTF-8}; an unknown
     *     one is English
     */
    public static Language of(String tag, ZoneId zone) {
        String plain = tag.replaceFirst("[.@].*", "").replace('_', '-');
        return new Language(Locale.forLanguageTag(plain), zone);
    }

    /** As POSIX has it: the first of LC_ALL, LC_MESSAGES and LANG that is set decides. */
    public static Language of(Map<String, String> environment, ZoneId zone) {
        String tag =
                Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                        .map(name -> environment.getOrDefault(name, ""))
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse("");
        return of(tag, zone);
    }

    /** {@code zh} or {@code en}: what it is read in. */
    public String code() {
        boolean known = KNOWN.stream().anyMatch(one -> isSame(one, locale));
        return known ? locale.getLanguage() : "en";
    }

    private static boolean isSame(Locale one, Locale other) {
        return one.getLanguage().equals(other.getLanguage());
    }

    public Language in(ZoneId other) {
        return new Language(locale, other);
    }

    /** The same, already in this language: {@link Phrase#toString} is what to show. */
    public Phrase said(Phrase phrase) {
        return Phrase.verbatim(say(phrase));
    }

    public String say(Phrase phrase) {
        String template = Catalogue.of(locale).say(phrase.template());
        return phrase.values().isEmpty() ? template : fill(template, phrase.values());
    }

    private String fill(String template, List<Object> values) {
        var said = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            int end = slotEnd(template, at);
            if (end < 0) {
                said.append(template.charAt(at++));
                continue;
            }
            int index = Integer.parseInt(template, at + 1, end, 10);
            said.append(index < values.size() ? value(values.get(index)) : "");
            at = end + 1;
        }
        return said.toString();
    }

    private String value(Object value) {
        return switch (value) {
            case Phrase phrase -> say(phrase);
            case Duration time -> say(span(time));
            case Instant moment -> MOMENT.withZone(zone).format(moment);
            case List<?> list ->
                    list.stream()
                            .map(this::value)
                            .collect(Collectors.joining(Catalogue.of(locale).say(", ")));
            default -> value.toString();
        };
    }

    /** Where the place of a value that begins at {@code at} ends; -1 where none begins. */
    private static int slotEnd(String template, int at) {
        boolean is =
                template.charAt(at) == '{'
                        && at + 2 < template.length()
                        && template.charAt(at + 1) >= '0'
                        && template.charAt(at + 1) <= '9'
                        && template.charAt(at + 2) == '}';
        return is ? at + 2 : -1;
    }

    /** The two digits that matter: {@code 0.42 s}, {@code 1 min 47 s}, {@code 14 min}. */
    private static Phrase span(Duration time) {
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            String form = time.compareTo(Duration.ofSeconds(10)) < 0 ? "%.2f" : "%.1f";
            return Phrase.of("{0} s", String.format(Locale.ROOT, form, time.toMillis() / 1000.0));
        }
        if (time.compareTo(Duration.ofMinutes(10)) < 0 && time.toSecondsPart() > 0) {
            return Phrase.of("{0} min {1} s", time.toMinutes(), time.toSecondsPart());
        }
        if (time.compareTo(Duration.ofHours(2)) < 0) {
            return Phrase.of("{0} min", time.toMinutes());
        }
        return time.compareTo(Duration.ofDays(2)) < 0
                ? Phrase.of("{0} h", time.toHours())
                : Phrase.of("{0} d", time.toDays());
    }
}
