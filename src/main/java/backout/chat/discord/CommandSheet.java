package backout.chat.discord;

import backout.chat.PlainText;
import backout.command.CommandSpec;
import backout.command.Grammar.Clause;
import backout.language.Language;
import backout.language.Phrase;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code /rollback} as Discord offers it: a sub-command for each command of the site, its words as
 * options; those about one rollback are together below {@code run}, for Discord has room for 25 in
 * a place. What they are called is the same in every language, what they say is not.
 */
record CommandSheet(List<CommandSpec> commands) {
    static final String NAME = "rollback";

    /** As Discord calls the languages that there is a catalogue for. */
    private static final Map<String, Language> LANGUAGES =
            Map.of("zh-CN", Language.of("zh-CN", ZoneOffset.UTC));

    static final int GROUP = 2;

    private static final String RUN = "run";

    /** What names a rollback: itself, or what is left to be seen of it. */
    private static final Set<String> OF_RUN = Set.of(RUN, "item");

    /** One place beside those that stand alone is the group's. */
    private static final int ROOM = DiscordLimits.SUBCOMMANDS - 1;

    private static final int SUB_COMMAND = 1;
    private static final int STRING = 3;
    private static final int BOOLEAN = 5;

    /** In servers, and in a talk with the bot alone. */
    private static final List<Integer> CONTEXTS = List.of(0, 1);

    private static final List<String> FORM =
            List.of(
                    "type",
                    "name",
                    "description",
                    "description_localizations",
                    "options",
                    "choices",
                    "value",
                    "required",
                    "autocomplete",
                    "max_length",
                    "contexts",
                    "integration_types",
                    "zh-CN");

    /** Rollbacks first: that is what people come for. */
    CommandSheet {
        commands =
                commands.stream()
                        .sorted(
                                Comparator.comparing((CommandSpec one) -> !one.rollsBack())
                                        .thenComparing(CommandSpec::name))
                        .toList();
    }

    /** The whole set, which replaces the one before. */
    ArrayNode json() {
        ObjectNode command =
                described(SUB_COMMAND, NAME, Phrase.of("Roll a service back, and prove it"));
        ArrayNode contexts = command.putArray("contexts");
        CONTEXTS.forEach(contexts::add);
        command.putArray("integration_types").add(0);
        List<ObjectNode> apart = offered(Predicate.not(CommandSheet::isOfRun));
        List<ObjectNode> ofRuns = offered(CommandSheet::isOfRun);
        if (!ofRuns.isEmpty()) {
            boolean taken = commands.stream().anyMatch(spec -> spec.name().equals(RUN));
            ObjectNode group =
                    described(GROUP, taken ? "runs" : RUN, Phrase.of("What concerns one rollback"));
            group.set("options", Kit.array(ofRuns));
            apart = Stream.concat(apart.stream(), Stream.of(group)).toList();
        }
        command.set("options", Kit.array(apart));
        return Kit.array(List.of(command));
    }

    private List<ObjectNode> offered(Predicate<CommandSpec> these) {
        return commands.stream().filter(these).limit(ROOM).map(this::subCommand).toList();
    }

    private static boolean isOfRun(CommandSpec spec) {
        return spec.words().clauses().stream()
                .anyMatch(clause -> OF_RUN.contains(clause.key()) && !clause.optional());
    }

    /** Those that there is no room for; they can be said wherever words are typed. */
    List<String> leftOut() {
        return commands.stream()
                .collect(Collectors.partitioningBy(CommandSheet::isOfRun))
                .values()
                .stream()
                .flatMap(these -> these.stream().skip(ROOM))
                .map(CommandSpec::name)
                .toList();
    }

    private ObjectNode subCommand(CommandSpec spec) {
        ObjectNode sub = described(SUB_COMMAND, spec.name(), new Phrase(spec.says(), List.of()));
        sub.set(
                "options",
                Kit.array(
                        spec.words().clauses().stream()
                                .sorted(Comparator.comparing(Clause::optional))
                                .limit(DiscordLimits.COMMAND_OPTIONS)
                                .map(CommandSheet::option)
                                .toList()));
        return sub;
    }

    private static ObjectNode option(Clause clause) {
        boolean flag = clause.value().isEmpty();
        ObjectNode option = described(flag ? BOOLEAN : STRING, clause.key(), says(clause));
        if (!clause.optional()) {
            option.put("required", true);
        }
        if (!flag && clause.choices().isEmpty()) {
            option.put("max_length", DiscordLimits.INPUT_TEXT);
        }
        if (!flag && clause.choices().isEmpty() && !clause.value().equals("reason")) {
            option.put("autocomplete", true);
        }
        if (!clause.choices().isEmpty()) {
            option.set(
                    "choices",
                    Kit.array(
                            clause.choices().stream()
                                    .limit(DiscordLimits.CHOICES)
                                    .map(one -> Kit.object().put("name", one).put("value", one))
                                    .toList()));
        }
        return option;
    }

    /** As it is typed elsewhere, so that people know both. */
    private static Phrase says(Clause clause) {
        String value = clause.choices().isEmpty() ? clause.value() : "";
        String lead = String.join(" ", clause.lead());
        String said = (lead + " " + value.toUpperCase(Locale.ROOT)).strip();
        return Phrase.verbatim(said.isEmpty() ? clause.key() : said);
    }

    private static ObjectNode described(int type, String name, Phrase says) {
        ObjectNode described =
                Kit.object()
                        .put("type", type)
                        .put("name", name)
                        .put("description", brief(Language.ENGLISH.say(says)));
        Map<String, String> said =
                LANGUAGES.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> brief(entry.getValue().say(says))));
        said.values().removeIf(text -> text.equals(described.path("description").asString("")));
        if (!said.isEmpty()) {
            ObjectNode localized = described.putObject("description_localizations");
            said.forEach(localized::put);
        }
        return described;
    }

    private static String brief(String text) {
        return PlainText.brief(PlainText.line(text), DiscordLimits.DESCRIPTION);
    }

    /** The same in English alone, for a Discord that refuses the others. */
    static JsonNode unlocalized(JsonNode sheet) {
        return mapped(sheet, List.of("description_localizations"));
    }

    /** Whether Discord has this set already, whatever it adds of its own. */
    static boolean isSame(JsonNode ours, JsonNode theirs) {
        return mapped(ours, List.of()).equals(mapped(theirs, List.of()));
    }

    /** Without what stands for nothing, and without what is not of a command's form. */
    private static JsonNode mapped(JsonNode node, List<String> without) {
        if (node.isArray()) {
            return Kit.array(node.valueStream().map(one -> mapped(one, without)).toList());
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        FORM.stream()
                .filter(key -> !without.contains(key) && stands(node.path(key)))
                .forEach(key -> kept.set(key, mapped(node.path(key), without)));
        return kept;
    }

    private static boolean stands(JsonNode value) {
        boolean nothing =
                value.isMissingNode()
                        || value.isNull()
                        || (value.isContainer() && value.isEmpty())
                        || (value.isBoolean() && !value.asBoolean());
        return !nothing;
    }
}
