package backout.chat.console.web;

import backout.command.CommandSpec;
import backout.command.Site;
import backout.frontdesk.Completions;
import backout.language.Phrase;
import backout.run.Journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What may be typed next, as a list to choose from. */
final class Suggestions {
    private static final String SLASH = "/rollback";

    /** All commands, and as many releases as anybody looks through; the list scrolls. */
    private static final int MOST = 60;

    private final Site site;
    private final Completions completions;

    Suggestions(Site site, Journal journal) {
        this.site = site;
        this.completions = new Completions(site, journal);
    }

    /** What was typed, without the {@code /rollback} that people are used to from Slack. */
    static String words(String typed) {
        String words = typed.strip();
        boolean slash = words.equals(SLASH) || words.startsWith(SLASH + " ");
        return slash ? words.substring(SLASH.length()).strip() : words;
    }

    /**
     * Options whose value is the whole line as it would be then; and how the command is written.
     *
     * @param typed what stands before the cursor; what comes after a space is a new word
     */
    Html of(String typed) {
        String lead = typed.stripLeading().startsWith(SLASH) ? SLASH + " " : "";
        String text = typed.stripLeading().equals(SLASH) ? "" : begun(typed);
        int from = text.lastIndexOf(' ') + 1;
        String before = text.substring(0, from);
        String part = text.substring(from).toLowerCase(Locale.ROOT);
        List<String> said = Stream.of(before.split(" +")).filter(word -> !word.isEmpty()).toList();
        var options = new ArrayList<Html>();
        completions.after(said).stream()
                .filter(word -> word.toLowerCase(Locale.ROOT).startsWith(part))
                .filter(word -> !word.equals(part))
                .limit(MOST)
                .forEach(word -> options.add(option(options.size(), lead + before + word, word)));
        return Html.all(List.of(usage(said, part), Html.all(options)));
    }

    private static String begun(String typed) {
        String text = typed.stripLeading();
        return text.startsWith(SLASH + " ")
                ? text.substring(SLASH.length() + 1).stripLeading()
                : text;
    }

    private Html option(int index, String line, String word) {
        var option =
                Html.of("li")
                        .id("option-" + index)
                        .with("role", "option")
                        .with("aria-selected", "false")
                        .with("data-line", line + " ")
                        .add(Html.of("span", word).css("word"));
        spec(word)
                .ifPresent(spec ->
                        option.add(Html.of("span", Phrase.verbatim(spec.says())).css("says")));
        return option;
    }

    private Html usage(List<String> said, String part) {
        return Stream.concat(said.stream(), Stream.of(part))
                .filter(word -> !word.equals("plan"))
                .findFirst()
                .flatMap(this::spec)
                .map(spec ->
                        Html.of("p", (spec.name() + " " + spec.words().text()).strip())
                                .css("usage"))
                .orElse(Html.nothing());
    }

    private Optional<CommandSpec> spec(String name) {
        return site.commands().stream().filter(spec -> spec.name().equals(name)).findFirst();
    }

    /** For browsers without scripts: the beginnings of every line. */
    Html beginnings() {
        var lines = new ArrayList<String>();
        for (CommandSpec command : site.commands()) {
            lines.add(command.name());
            if (command.isEmergency()) {
                site.targets()
                        .keySet()
                        .forEach(target -> lines.add(command.name() + " " + target.name()));
            }
            if (command.isRollback()) {
                site.targetsOf(command.kind())
                        .forEach(target -> lines.add(command.name() + " " + target.name().name()));
            }
        }
        return Html.of("datalist")
                .id("beginnings")
                .add(lines.stream().map(line -> Html.of("option").with("value", line)).toList());
    }
}
