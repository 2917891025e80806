package backout.executor.compose;

import static java.util.stream.Collectors.toMap;

import backout.language.Phrase;
import backout.problem.ProblemException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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

    /** Two dollars are one that compose leaves alone. */
    private static final Pattern USE =
            Pattern.compile("(?<!\\$)(?:\\$\\$)*+\\$(\\{?)([A-Za-z_]\\w*)");

    private static final Pattern WORD = Pattern.compile("\\w");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z_][A-Z0-9_]*");

    Dollars {
        places = Map.copyOf(places);
    }

    static Dollars look(ProjectFiles files, Project project, Collection<String> unset) {
        if (unset.isEmpty()) {
            return NONE;
        }
        try {
            var texts = new LinkedHashMap<Path, String>();
            for (Path path : files.paths(project)) {
                texts.put(path, new String(files.read(path), StandardCharsets.UTF_8));
            }
            return of(texts, unset);
        } catch (ProblemException nobodyKnowsThePlace) {
            return of(Map.of(), unset);
        }
    }

    static Dollars of(Map<Path, String> texts, Collection<String> unset) {
        var meant = new HashSet<String>();
        var places = new HashMap<String, String>();
        texts.forEach((path, text) -> {
            int number = 0;
            for (String line : text.split("\n", -1)) {
                number++;
                note(line, path + ":" + number, meant, places);
            }
        });
        return new Dollars(
                unset.stream()
                        .filter(name -> !meant.contains(name))
                        .filter(name -> places.containsKey(name) || !isConstant(name))
                        .collect(toMap(name -> name, name -> places.getOrDefault(name, ""))));
    }

    private static void note(
            String line, String place, Set<String> meant, Map<String, String> places) {
        boolean isComment = line.stripLeading().startsWith("#");
        Matcher use = USE.matcher(line);
        while (use.find()) {
            String name = use.group(2);
            if (!use.group(1).isEmpty()) {
                meant.add(name);
            } else if (!isComment && isConstant(name) && !isGlued(line, use.start())) {
                meant.add(name);
            } else if (!isComment) {
                places.putIfAbsent(name, place);
            }
        }
    }

    private static boolean isConstant(String name) {
        return CONSTANT.matcher(name).matches();
    }

    private static boolean isGlued(String line, int start) {
        return start > 0 && WORD.matcher(line.substring(start - 1, start)).matches();
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
