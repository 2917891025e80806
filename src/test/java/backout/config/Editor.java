package backout.config;

import backout.fixture.Kinds;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges a file as an editor does: YAML 1.2 with the core schema, then the JSON schema. */
final class Editor {
    /** A plain scalar that YAML makes something else of than is written: 1.0, 0x10, True. */
    static final class OtherwiseWritten extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, Schema> schemas;

    Editor() {
        // ECMAScript's $ is the end of the text, Java's also stands before a last line end
        var config =
                SchemaRegistryConfig.builder()
                        .regularExpressionFactory(text -> {
                            var pattern =
                                    java.util.regex.Pattern.compile(
                                            text.replaceFirst("\\$$", "\\\\z"));
                            return value -> pattern.matcher(value).find();
                        })
                        .build();
        var registry =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemaRegistryConfig(config));
        schemas =
                new Schemas(Kinds.SHIPPED, TestSite.CHATS, TestSite.RECEIVERS)
                        .byFile().entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                one -> registry.getSchema(one.getValue())));
    }

    /**
     * What the editor underlines.
     *
     * @throws OtherwiseWritten where no schema can see what is written
     */
    List<String> complaints(String file, String yaml) {
        String name = file.startsWith("commands/") ? "commands/*.yml" : file;
        Schema schema = Optional.ofNullable(schemas.get(name)).orElseThrow();
        JsonNode json;
        try {
            json = json(yaml);
        } catch (YamlEngineException | IllegalArgumentException notYaml) {
            return List.of(notYaml.toString());
        }
        return schema.validate(json).stream().map(Error::toString).toList();
    }

    private static JsonNode json(String yaml) {
        var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        return new Compose(settings).composeString(yaml).map(Editor::json).orElse(JSON.nullNode());
    }

    private static JsonNode json(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                var object = JSON.objectNode();
                for (NodeTuple member : mapping.getValue()) {
                    if (!(member.getKeyNode() instanceof ScalarNode key)
                            || object.has(key.getValue())) {
                        throw new YamlEngineException("keys must be text, each once");
                    }
                    object.set(key.getValue(), json(member.getValueNode()));
                }
                yield object;
            }
            case SequenceNode sequence -> {
                var array = JSON.arrayNode();
                sequence.getValue().forEach(item -> array.add(json(item)));
                yield array;
            }
            case ScalarNode scalar -> json(scalar);
            default -> throw new IllegalArgumentException("an alias");
        };
    }

    private static JsonNode json(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN || scalar.getTag().equals(Tag.STR)) {
            return JSON.stringNode(text);
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        JsonNode value = guessed(scalar.getTag(), text);
        if (!value.asString("").equals(text)) {
            throw new OtherwiseWritten();
        }
        return value;
    }

    private static JsonNode guessed(Tag tag, String text) {
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(text.equalsIgnoreCase("true"));
        }
        try {
            var number = new BigDecimal(text).stripTrailingZeros();
            return number.scale() <= 0
                    ? JSON.numberNode(number.toBigIntegerExact())
                    : JSON.numberNode(number);
        } catch (NumberFormatException notDecimal) {
            throw new OtherwiseWritten();
        }
    }
}
