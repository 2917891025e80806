package backout.archive;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What stays out of a backup. A glob without a slash is matched with every file and folder name
 * ({@code *.log}), one with a slash with the whole name inside the archive ({@code data/cache/**});
 * {@code *} and {@code ?} stop at a slash, {@code **} does not. An excluded folder is not entered.
 * Sources themselves are never excluded.
 */
public record Exclusions(List<String> globs) {
    public static final Exclusions NONE = new Exclusions(List.of());

    public Exclusions {
        globs = List.copyOf(globs);
    }

    Matcher matcher() {
        return new Matcher(
                globs.stream().filter(g -> g.indexOf('/') < 0).map(Exclusions::pattern).toList(),
                globs.stream().filter(g -> g.indexOf('/') >= 0).map(Exclusions::pattern).toList());
    }

    record Matcher(List<Pattern> names, List<Pattern> wholes) {
        boolean covers(String name) {
            String last = name.substring(name.lastIndexOf('/') + 1);
            return names.stream().anyMatch(p -> p.matcher(last).matches())
                    || wholes.stream().anyMatch(p -> p.matcher(name).matches());
        }
    }

    private static Pattern pattern(String glob) {
        String regex =
                Pattern.compile("\\*\\*|\\*|\\?|[^*?]+")
                        .matcher(glob)
                        .replaceAll(part ->
                                java.util.regex.Matcher.quoteReplacement(
                                        switch (part.group()) {
                                            case "**" -> ".*";
                                            case "*" -> "[^/]*";
                                            case "?" -> "[^/]";
                                            case String plain -> Pattern.quote(plain);
                                        }));
        return Pattern.compile(regex, Pattern.DOTALL);
    }
}
