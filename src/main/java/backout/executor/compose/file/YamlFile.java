package backout.executor.compose.file;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A compose file as YAML nodes that know their place in the text. Refuses what compose refuses:
 * keys given twice.
 */
record YamlFile(SourceFile file, String text, List<Node> documents, Places places) {
    private static final int MAX_CODE_POINTS = 64 * 1024 * 1024;
    private static final int MAX_ALIASES = 10_000;

    /** Nothing that compose knows is a tenth as deep; whoever walks the nodes calls itself. */
    private static final int MAX_DEPTH = 250;

    /** What the parser repeats of the file may be a secret that nobody put in quotes. */
    private static final Pattern REPEATED =
            Pattern.compile("\\b(alias|anchor|handle|key|tag) \\S.*");

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
            throw unreadable(
                    file.path() + line,
                    Phrase.verbatim(REPEATED.matcher(notYaml.getProblem()).replaceFirst("$1")));
        } catch (YamlEngineException | NumberFormatException notYaml) {
            throw unreadable(file.path().toString(), Phrase.of("it breaks a rule of YAML"));
        } catch (StackOverflowError _) {
            throw tooDeep(file.path().toString());
        }
        var parsed = new YamlFile(file, text, documents, new Places(text));
        var heights = new HashMap<Node, Integer>();
        documents.forEach(document -> parsed.refuseKeysGivenTwice(document, heights, 0));
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
        return places.index(mark(node).getIndex());
    }

    int end(Node node) {
        var mark = node.getEndMark().orElseThrow();
        return places.index(mark.getIndex());
    }

    private static Mark mark(Node node) {
        return node.getStartMark().orElseThrow();
    }

    /**
     * Refuses also what is nested too deeply, aliases and merge keys followed.
     *
     * @return how many nodes stand in one another here
     */
    private int refuseKeysGivenTwice(Node node, Map<Node, Integer> heights, int depth) {
        if (depth > MAX_DEPTH) {
            throw tooDeep(where(node));
        }
        Integer known = heights.putIfAbsent(node, 0);
        if (known != null) {
            return known;
        }
        int height = 1;
        for (Node child : children(node)) {
            height = Math.max(height, 1 + refuseKeysGivenTwice(child, heights, depth + 1));
        }
        if (height > MAX_DEPTH) {
            throw tooDeep(where(node));
        }
        heights.put(node, height);
        return height;
    }

    private List<Node> children(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (node instanceof MappingNode mapping) {
            refuseKeysGivenTwice(mapping);
            return mapping.getValue().stream()
                    .flatMap(entry -> Stream.of(entry.getKeyNode(), entry.getValueNode()))
                    .toList();
        }
        return List.of();
    }

    private void refuseKeysGivenTwice(MappingNode mapping) {
        var lines = new HashMap<String, Integer>();
        for (var entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key) {
                var earlier = lines.put(key.getValue(), line(key));
                if (earlier != null) {
                    throw Problem.stop(
                            Phrase.of(
                                    "the key {0} was already given at line {1}; docker"
                                            + " compose refuses such a file",
                                    key.getValue(), earlier),
                            where(key),
                            Phrase.of("delete one of the two lines"));
                }
            }
        }
    }

    private static ProblemException tooDeep(String where) {
        return unreadable(where, Phrase.of("it is nested too deeply"));
    }

    private static ProblemException unreadable(String where, Phrase why) {
        return Problem.stop(
                Phrase.of("the file cannot be read as YAML: {0}", why),
                where,
                Phrase.of(
                        "mend that line; docker compose config shows whether compose reads"
                                + " it"));
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
