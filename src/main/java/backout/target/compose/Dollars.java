package backout.target.compose;

import backout.language.Phrase;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Unset variables that may be none: in {@code PASSWORD=pa$word} compose sees a variable {@code
 * word}. Such a one is told by its place, never by its name, which is half a password.
 *
 * @param places {@code file:line} of each such variable
 */
record Dollars(Map<String, String> places) {
    static final Dollars NONE = new Dollars(Map.of());

    private static final Pattern CONSTANT = Pattern.compile("[A-Z_][A-Z0-9_]*");

    Dollars {
        places = Map.copyOf(places);
    }

    static Dollars look(ProjectFiles files, Project project, Collection<String> unset) {
        if (unset.isEmpty()) {
            return NONE;
        }
        var texts = new LinkedHashMap<Path, String>();
        for (Path path : files.paths(project)) {
            texts.put(path, new String(files.read(path), StandardCharsets.UTF_8));
        }
        return of(texts, unset);
    }

    static Dollars of(Map<Path, String> texts, Collection<String> unset) {
        var places = new TreeMap<String, String>();
        for (String variable : unset) {
            place(texts, variable).ifPresent(place -> places.put(variable, place));
        }
        return new Dollars(places);
    }

    /** Empty for one that is written as variables are. */
    private static Optional<String> place(Map<Path, String> texts, String variable) {
        Pattern use = Pattern.compile("(.?)\\$" + Pattern.quote(variable) + "(?!\\w)");
        boolean isConstant = CONSTANT.matcher(variable).matches();
        String place = "";
        for (Map.Entry<Path, String> text : texts.entrySet()) {
            if (text.getValue().contains("${" + variable)) {
                return Optional.empty();
            }
            int line = 0;
            for (String one : text.getValue().split("\n", -1)) {
                line++;
                Matcher found = use.matcher(one);
                if (!one.stripLeading().startsWith("#") && found.find()) {
                    if (isConstant && !found.group(1).matches("\\w")) {
                        return Optional.empty();
                    }
                    place = place.isEmpty() ? text.getKey() + ":" + line : place;
                }
            }
        }
        return place.isEmpty() && isConstant ? Optional.empty() : Optional.of(place);
    }

    boolean isMeant(String variable) {
        return !places.containsKey(variable);
    }

    /** A sentence about a variable that is not set. */
    Phrase unset(String variable) {
        return isMeant(variable)
                ? Phrase.of(
                        "the variable {0} is not set, docker compose takes it as empty", variable)
                : Phrase.of(
                        "docker compose takes a $ at {0} for the beginning of a variable that"
                            + " nobody set, and leaves out what follows: write $$ there if it is"
                            + " meant as it stands",
                        place(variable));
    }

    /** The variable, or what stands for it. */
    Phrase shown(String variable) {
        return isMeant(variable)
                ? Phrase.verbatim(variable)
                : Phrase.of("what follows a $ at {0}", place(variable));
    }

    /** Where the project's files are, if nobody knows the line. */
    private Phrase place(String variable) {
        String place = places.getOrDefault(variable, "");
        return place.isEmpty() ? Phrase.of("some place of its files") : Phrase.verbatim(place);
    }
}
