package backout.target.compose.file;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A compose file as YAML nodes that know their place in the text. Refuses what compose refuses:
 * keys given twice.
 */
record YamlFile(SourceFile file, String text, List<Node> documents) {
    private static final int MAX_CODE_POINTS = 64 * 1024 * 1024;
    private static final int MAX_ALIASES = 10_000;

    YamlFile {
        documents = List.copyOf(documents);
    }

    static YamlFile parse(SourceFile file) {
        var text = file.text();
        var settings =
                LoadSettings.builder()
                        .setSchema(new MergeKeysLeftAlone())
                        .setLabel(file.path().toString())
                        .setCodePointLimit(MAX_CODE_POINTS)
                        .setMaxAliasesForCollections(MAX_ALIASES)
                        .build();
        var documents = new ArrayList<Node>();
        try {
            new Compose(settings).composeAllFromString(text).forEach(documents::add);
        } catch (MarkedYamlEngineException notYaml) {
            var line = notYaml.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw unreadable(file.path() + line, Phrase.of("{0}", notYaml.getProblem()));
        } catch (YamlEngineException notYaml) {
            throw unreadable(file.path().toString(), Phrase.of("it breaks a rule of YAML"));
        }
        var parsed = new YamlFile(file, text, documents);
        var seen = Collections.<Node>newSetFromMap(new IdentityHashMap<>());
        documents.forEach(document -> parsed.refuseKeysGivenTwice(document, seen));
        return parsed;
    }

    String where(Node node) {
        return file.path() + ":" + line(node);
    }

    int line(Node node) {
        return mark(node).getLine() + 1;
    }

    /** The first UTF-16 index of the node, its anchor and tag included. */
    int start(Node node) {
        // the parser counts code points: an emoji above would shift everything
        return text.offsetByCodePoints(0, mark(node).getIndex());
    }

    int end(Node node) {
        var mark = node.getEndMark().orElseThrow();
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    private static Mark mark(Node node) {
        return node.getStartMark().orElseThrow();
    }

    private void refuseKeysGivenTwice(Node node, Set<Node> seen) {
        if (!seen.add(node)) {
            return;
        }
        switch (node) {
            case MappingNode mapping -> {
                refuseKeysGivenTwice(mapping);
                for (var entry : mapping.getValue()) {
                    refuseKeysGivenTwice(entry.getKeyNode(), seen);
                    refuseKeysGivenTwice(entry.getValueNode(), seen);
                }
            }
            case SequenceNode sequence ->
                    sequence.getValue().forEach(item -> refuseKeysGivenTwice(item, seen));
            default -> {
                // a scalar has no keys
            }
        }
    }

    private void refuseKeysGivenTwice(MappingNode mapping) {
        var lines = new HashMap<String, Integer>();
        for (var entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key) {
                var earlier = lines.put(key.getValue(), line(key));
                if (earlier != null) {
                    throw new ProblemException(
                            new Problem(
                                    Phrase.of(
                                            "the key {0} was already given at line {1}; docker"
                                                    + " compose refuses such a file",
                                            key.getValue(), earlier),
                                    where(key),
                                    Phrase.of("delete one of the two lines")));
                }
            }
        }
    }

    private static ProblemException unreadable(String where, Phrase why) {
        return new ProblemException(
                new Problem(
                        Phrase.of("the file cannot be read as YAML: {0}", why),
                        where,
                        Phrase.of(
                                "mend that line; docker compose config shows whether compose reads"
                                        + " it")));
    }

    /**
     * The parser would copy merged entries into the mapping, and we could no longer tell where they
     * stand.
     */
    private static final class MergeKeysLeftAlone extends CoreSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            return new CoreScalarResolver(false);
        }
    }
}
