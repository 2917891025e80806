package backout.chat.discord;

import backout.command.CommandSpec;
import backout.command.Grammar.Clause;
import backout.command.Invocation;
import backout.command.Site;
import backout.frontdesk.Completions;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody chose below {@code /rollback}: a sub-command and its options.
 *
 * @param options by their names, which are the keys of the command's clauses
 */
record Spoken(CommandSpec command, List<Option> options) {
    Spoken {
        options = List.copyOf(options);
    }

    /** One option; {@code focused} while it is being typed. */
    record Option(Clause clause, JsonNode value, boolean focused) {}

    /**
     * Empty where a client still shows a form that the command no longer has: Discord's clients
     * keep one for a while.
     */
    static Optional<Spoken> of(Site site, JsonNode data) {
        JsonNode chosen = chosen(data);
        String name = chosen.path("name").asString("");
        return site.commands().stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .flatMap(command -> of(command, chosen.path("options")));
    }

    /**
     * The words of a command that there is no more, for who knows which ones there are; empty for
     * one that there is.
     */
    static Optional<String> ofNone(Site site, JsonNode data) {
        JsonNode chosen = chosen(data);
        String name = chosen.path("name").asString("");
        boolean there = site.commands().stream().anyMatch(command -> command.name().equals(name));
        var values =
                chosen.path("options")
                        .valueStream()
                        .map(option -> " " + option.path("value").asString(""));
        return there ? Optional.empty() : Optional.of(name + values.collect(Collectors.joining()));
    }

    private static JsonNode chosen(JsonNode data) {
        JsonNode first = data.path("options").path(0);
        boolean group = first.path("type").asInt(0) == CommandSheet.GROUP;
        return group ? first.path("options").path(0) : first;
    }

    private static Optional<Spoken> of(CommandSpec command, JsonNode options) {
        var known = new ArrayList<Option>();
        for (JsonNode option : options) {
            String key = option.path("name").asString("");
            var clause =
                    command.words().clauses().stream()
                            .filter(one -> one.key().equals(key))
                            .findFirst();
            if (clause.isEmpty()) {
                return Optional.empty();
            }
            boolean focused = option.path("focused").asBoolean(false);
            known.add(new Option(clause.get(), option.path("value"), focused));
        }
        return Optional.of(new Spoken(command, known));
    }

    /** As it would be typed. */
    String text() {
        var values = new LinkedHashMap<String, String>();
        for (Option option : options) {
            String value = option.value().asString("").strip();
            boolean flag = option.clause().value().isEmpty();
            boolean said = flag ? option.value().asBoolean(false) : !value.isEmpty();
            if (said) {
                values.put(option.clause().key(), flag ? "yes" : value);
            }
        }
        return new Invocation(command, values).text();
    }

    /** What may stand for the option that is being typed: what begins so first. */
    List<String> suggestions(Completions completions) {
        var said = options.stream().map(option -> option.value().asString("")).toList();
        return options.stream()
                .filter(Option::focused)
                .flatMap(option ->
                        Completions.fitting(
                                completions.of(command, option.clause(), said),
                                option.value().asString(""),
                                DiscordLimits.CHOICE,
                                DiscordLimits.CHOICES)
                                .stream())
                .toList();
    }
}
