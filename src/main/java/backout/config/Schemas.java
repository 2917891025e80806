package backout.config;

import backout.frontdesk.ChatKeys;
import backout.plan.Setting;
import backout.plan.TargetKind;
import backout.plan.TargetName;
import backout.report.ReceiverKind;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON schemas (2020-12) of all files, for editors. They say what the loader says of one file;
 * what must hold between files, and what a check or the words of a command may say, is left to the
 * loader.
 */
public final class Schemas {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Map<String, TargetKind> kinds;
    private final List<ChatKeys> chats;
    private final List<ReceiverKind> receivers;

    /**
     * @param kinds what targets and commands may have, by the kind of their executor
     * @param chats those that a site can be reached in
     * @param receivers what a site can tell what happened
     */
    public Schemas(
            Map<String, TargetKind> kinds, List<ChatKeys> chats, List<ReceiverKind> receivers) {
        this.receivers = List.copyOf(receivers);
        this.kinds = new TreeMap<>(kinds);
        this.chats = List.copyOf(chats);
    }

    /** Texts by the file that each is for: {@code config/people.yml}, {@code commands/*.yml}. */
    public Map<String, String> byFile() {
        var all = new LinkedHashMap<String, String>();
        all.put("config/backout.yml", text("The bot itself.", SchemaObject.of(Keys.BACKOUT)));
        all.put(
                "config/chat.yml",
                text("The chats that the bot serves.", SchemaObject.of(Keys.chat(chats))));
        all.put("config/notices.yml", text("Who is told, besides the chats.", receivers()));
        all.put("config/people.yml", text("Who may ask and who may approve.", people()));
        all.put(
                "config/approvals.yml",
                text(
                        "What a rollback needs before it may start.",
                        named("policies", TargetName.FORM, SchemaObject.of(ApprovalKeys.POLICY))));
        all.put("config/targets.yml", text("What can be rolled back.", targets()));
        all.put(
                "config/hosts.yml",
                text(
                        "Other machines, reached over SSH.",
                        named("hosts", TargetName.FORM, SchemaObject.of(Keys.HOST))));
        all.put(
                "config/groups.yml",
                text(
                        "What is rolled back together.",
                        named("groups", TargetName.FORM, SchemaObject.of(Keys.GROUP))));
        all.put(
                "config/checklists.yml",
                text(
                        "What is looked at after a rollback.",
                        named(
                                "checklists",
                                TargetName.FORM,
                                SchemaObject.of(ChecklistsFile.KEYS))));
        all.put(
                "commands/*.yml",
                text("One command: what may be said and what it does.", command()));
        return all;
    }

    /**
     * Where the schema of a file is, seen from the folder that {@code config/} and {@code
     * commands/} are in.
     */
    public static String place(String file) {
        return isCommand(file)
                ? "commands/schema.json"
                : file.replace("config/", "config/schema/").replace(".yml", ".json");
    }

    /** Writes all of them below both folders; what is there already is replaced. */
    public List<Path> write(Path commands, Path config) {
        return byFile().entrySet().stream()
                .map(one -> write(one.getKey(), one.getValue(), commands, config))
                .toList();
    }

    /** Writes those of one configuration. */
    public void write(Path config) {
        byFile().forEach((file, text) -> {
            if (!isCommand(file)) {
                var _ = write(file, text, config, config);
            }
        });
    }

    private static boolean isCommand(String file) {
        return file.startsWith("commands/");
    }

    private static Path write(String file, String text, Path commands, Path config) {
        Path folder = isCommand(file) ? commands : config;
        Path to = folder.resolve(place(file).replaceFirst("^[^/]*/", ""));
        try {
            Files.createDirectories(isCommand(file) ? folder : folder.resolve("schema"));
            return Files.writeString(to, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode people() {
        ObjectNode people = named("people", TargetName.FORM, SchemaObject.of(Keys.person(chats)));
        ((ObjectNode) people.path("properties").path("people")).put("minProperties", 1);
        ObjectNode levels = object();
        ObjectNode lists = levels.put("type", "object").putObject("properties");
        for (String level : List.of("L1", "L2", "L3")) {
            lists.set(level, SchemaObject.of(ApprovalKeys.ON_CALL));
        }
        levels.put("additionalProperties", false);
        ((ObjectNode) people.path("properties")).set(OnCallFile.TOP, levels);
        return people;
    }

    private ObjectNode targets() {
        var byKind = new LinkedHashMap<String, List<Setting>>();
        kinds.forEach((kind, declares) -> byKind.put(kind, Keys.target(declares.settings())));
        return only("targets", byKind(byKind));
    }

    private ObjectNode receivers() {
        var byKind = new LinkedHashMap<String, List<Setting>>();
        receivers.forEach(kind -> byKind.put(kind.name(), Keys.receiver(kind)));
        return only(NoticesFile.TOP, byKind(byKind));
    }

    /** Sections that are named {@code kind/name}. */
    private static ObjectNode byKind(Map<String, List<Setting>> keys) {
        ObjectNode byName = object();
        ObjectNode patterns = byName.put("type", "object").putObject("patternProperties");
        keys.forEach((kind, settings) ->
                patterns.set(
                        "^" + Shape.literally(kind) + "/" + TargetName.FORM + "$",
                        SchemaObject.of(settings)));
        return byName.put("additionalProperties", false);
    }

    /** One key at the top, and below it sections that people give names to. */
    private static ObjectNode named(String top, String names, ObjectNode section) {
        ObjectNode byName = object();
        byName.put("type", "object").putObject("propertyNames").put("pattern", "^" + names + "$");
        byName.set("additionalProperties", section);
        return only(top, byName);
    }

    private static ObjectNode only(String top, ObjectNode content) {
        ObjectNode file = object().put("type", "object");
        file.putObject("properties").set(top, content);
        file.putArray("required").add(top);
        return file.put("additionalProperties", false);
    }

    private ObjectNode command() {
        ObjectNode command = SchemaObject.of(CommandKeys.LIST);
        var kindNames = object();
        kinds.keySet().forEach(kindNames.putArray("enum")::add);
        var conditions = command.putArray("allOf");
        ObjectNode rollback = conditions.addObject();
        rollback.set("if", given("does", "rollback"));
        rollback.set("then", ofRollback(kindNames));
        rollback.set("else", notOfRollback());
        kinds.forEach((kind, declares) -> {
            ObjectNode ofKind = conditions.addObject();
            ofKind.set("if", given("kind", kind));
            ObjectNode actions = ofKind.putObject("then").putObject("properties");
            actions.set("prepare", listOf(declares.prepare()));
            actions.set("switch", listOf(declares.swap()));
        });
        return command;
    }

    private static ObjectNode given(String key, String value) {
        ObjectNode condition = object();
        condition.putObject("properties").putObject(key).put("const", value);
        condition.putArray("required").add(key);
        return condition;
    }

    private static ObjectNode ofRollback(JsonNode kindNames) {
        ObjectNode then = object();
        ObjectNode keys = then.putObject("properties");
        keys.set("kind", kindNames);
        keys.putObject("switch").put("minItems", 1);
        keys.putObject("checks").put("minItems", 1);
        then.putArray("required").add("kind").add("switch").add("checks");
        return then;
    }

    private static ObjectNode notOfRollback() {
        ObjectNode otherwise = object();
        ObjectNode keys = otherwise.putObject("properties");
        CommandRules.OF_ROLLBACKS.forEach(key -> keys.put(key, false));
        return otherwise;
    }

    private static ObjectNode listOf(List<String> actions) {
        ObjectNode list = object();
        var known = list.putObject("items").putArray("enum");
        actions.forEach(known::add);
        return list;
    }

    private static String text(String means, ObjectNode schema) {
        ObjectNode whole = object();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.put("description", means);
        schema.properties().forEach(key -> whole.set(key.getKey(), key.getValue()));
        return JSON.writeValueAsString(whole) + "\n";
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
