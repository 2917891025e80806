package backout.config;

import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.plan.TargetName;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** The schema of one section of keys. */
final class SchemaObject {
    private SchemaObject() {}

    static ObjectNode of(List<Setting> keys) {
        ObjectNode section = empty();
        keys.forEach(key -> add(section, key.key(), key));
        return section;
    }

    private static ObjectNode empty() {
        ObjectNode section = JsonNodeFactory.instance.objectNode().put("type", "object");
        section.putObject("properties");
        return section.put("additionalProperties", false);
    }

    /** A dot leads into a section; one that holds a required key is required itself. */
    private static void add(ObjectNode section, String path, Setting key) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        ObjectNode properties = (ObjectNode) section.path("properties");
        if (key.required()) {
            require(section, name);
        }
        if (dot < 0) {
            properties.set(name, value(key));
            return;
        }
        if (!properties.has(name)) {
            properties.set(name, empty());
        }
        add((ObjectNode) properties.path(name), path.substring(dot + 1), key);
    }

    private static void require(ObjectNode section, String name) {
        ArrayNode required =
                section.has("required")
                        ? (ArrayNode) section.path("required")
                        : section.putArray("required");
        if (required.valueStream().noneMatch(one -> one.asString().equals(name))) {
            required.add(name);
        }
    }

    private static ObjectNode value(Setting key) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.put("description", means(key));
        if (!key.otherwise().isEmpty()) {
            value.put("default", key.otherwise());
        }
        switch (key.form()) {
            case TEXTS -> list(value, key);
            case COMMANDS -> commands(value, key);
            case SECRETS -> secrets(value, key);
            case CHANNELS -> channels(value, key);
            case TEXT,
                    PLACE,
                    WORD,
                    CHOICE,
                    DURATION,
                    WAIT,
                    AUTOMATIC,
                    SIZE,
                    NUMBER,
                    FLAG,
                    ADDRESS,
                    HOST,
                    ENGINE,
                    URL,
                    SECRET ->
                    scalar(value, key);
        }
        return value;
    }

    private static String means(Setting key) {
        return key.means() + " (" + Shape.shown(key).replace("`", "") + ")";
    }

    private static void list(ObjectNode value, Setting key) {
        value.put("type", "array");
        ArrayNode forms = value.putObject("items").putArray("anyOf");
        scalar(forms.addObject(), key);
        ObjectNode should = empty();
        scalar(((ObjectNode) should.path("properties")).putObject("should"), key);
        require(should, "should");
        forms.add(should);
    }

    private static void commands(ObjectNode value, Setting key) {
        ObjectNode command = value.put("type", "array").putObject("items");
        command.put("type", "array").put("minItems", 1);
        scalar(command.putObject("items"), key);
    }

    private static void secrets(ObjectNode value, Setting key) {
        value.put("type", "object");
        value.putObject("propertyNames").put("pattern", whole(TargetName.FORM));
        scalar(value.putObject("additionalProperties"), key);
    }

    private static void channels(ObjectNode value, Setting key) {
        value.put("type", "object");
        value.putObject("propertyNames").put("pattern", whole(Shape.CHANNEL));
        choices(value.putObject("additionalProperties"), key);
    }

    /**
     * The loader reads what is written, an editor what YAML makes of it: where {@code 5} or {@code
     * true} would fit as text, the number and the truth value fit too.
     */
    private static void scalar(ObjectNode value, Setting key) {
        if (key.form() == Form.CHOICE || key.form() == Form.FLAG) {
            choices(value, key);
            return;
        }
        ArrayNode types = value.putArray("type").add("string");
        if (Shape.fits(key, "true") && Shape.fits(key, "false")) {
            types.add("boolean");
        }
        if (Shape.fits(key, "-1.5")) {
            types.add("number");
        } else if (Shape.fits(key, "15")) {
            types.add("integer");
            value.put("minimum", 0).put("maximum", 999_999_999);
        }
        value.put("pattern", whole(Shape.of(key)));
    }

    private static void choices(ObjectNode value, Setting key) {
        ArrayNode choices = value.putArray("enum");
        if (key.form() == Form.FLAG) {
            List.of("yes", "no", "true", "false").forEach(choices::add);
            choices.add(true).add(false);
        } else {
            key.choices().forEach(choices::add);
        }
    }

    private static String whole(String pattern) {
        return "^(?:" + pattern + ")$";
    }
}
