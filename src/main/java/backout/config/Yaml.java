package backout.config;

import backout.language.Phrase;
import backout.problem.Shown;

import java.util.List;
import java.util.Map;

/** A piece of a YAML file that knows where it stands. */
sealed interface Yaml {
    Place place();

    /**
     * Text as it is written; YAML's own guesses about numbers, dates and {@code no} never apply.
     */
    record Text(Place place, String value, boolean quoted) implements Yaml {
        /** No value, or what YAML writes for none. */
        boolean isNothing() {
            return value.isEmpty() || (!quoted && value.matches("~|null|Null|NULL"));
        }
    }

    record Items(Place place, List<Yaml> items) implements Yaml {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Keys in the order in which they are written. */
    record Section(Place place, Map<String, Yaml> members) implements Yaml {
        /** Where a key is written, or the section itself where the key is left out. */
        Place placeOf(String key) {
            Yaml member = members.get(key);
            return member == null ? place : member.place();
        }
    }

    /** Something that cannot be read and that people were told about. */
    record Unreadable(Place place) implements Yaml {}

    /** What was seen, for a problem; passwords in addresses are left out. */
    default Phrase seen() {
        return switch (this) {
            case Text text when text.isNothing() -> Phrase.of("empty");
            case Text text ->
                    Phrase.verbatim("\"" + Shown.of(withoutPasswords(text.value())) + "\"");
            case Items _ -> Phrase.of("a list");
            case Section _ -> Phrase.of("a section of keys");
            case Unreadable _ -> Phrase.of("unreadable");
        };
    }

    private static String withoutPasswords(String text) {
        return text.replaceAll("//[^/\\s]*@", "//***@");
    }
}
