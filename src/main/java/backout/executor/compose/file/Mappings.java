package backout.executor.compose.file;

import backout.language.Phrase;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks keys up in mappings as YAML 1.1 merge keys do: an own key wins, then the merged mappings in
 * their order. What is tagged {@code !reset} is not there.
 */
final class Mappings {
    static final String RESET = "!reset";
    static final String OVERRIDE = "!override";
    private static final String MERGE = "<<";

    private final YamlFile yaml;

    /** A node equals itself alone. */
    private final Map<MappingNode, Map<String, NodeTuple>> own = new HashMap<>();

    Mappings(YamlFile yaml) {
        this.yaml = yaml;
    }

    /**
     * A value and how it came here.
     *
     * @param via the merge keys and aliases on the way, outermost first; empty when it is written
     *     in place
     */
    record Found(Node value, List<Phrase> via) {
        Found {
            via = List.copyOf(via);
        }
    }

    Optional<Found> find(MappingNode mapping, String key) {
        return find(mapping, key, List.of(), nodes());
    }

    /** The keys that the mapping has itself and those that it merges. */
    Set<String> keys(MappingNode mapping) {
        var keys = new LinkedHashSet<String>();
        collect(mapping, keys, nodes());
        return keys;
    }

    /**
     * Whether the value was written elsewhere: the parser gives an alias the node of its anchor.
     */
    boolean isAlias(NodeTuple entry) {
        return yaml.start(entry.getValueNode()) < yaml.start(entry.getKeyNode());
    }

    static boolean isTagged(Node node, String tag) {
        return node.getTag().getValue().equals(tag);
    }

    private Optional<Found> find(
            MappingNode mapping, String key, List<Phrase> via, Set<Node> visited) {
        if (!visited.add(mapping)) {
            return Optional.empty();
        }
        var entries = own.computeIfAbsent(mapping, Mappings::own);
        var mine = entries.get(key);
        if (mine != null) {
            var path = isAlias(mine) ? add(via, alias(mine)) : via;
            return Optional.of(new Found(mine.getValueNode(), path));
        }
        if (!entries.containsKey(MERGE)) {
            return Optional.empty();
        }
        for (var entry : mapping.getValue()) {
            for (var merged : merged(entry)) {
                var path = add(via, Phrase.of("merge key at {0}", yaml.where(entry.getKeyNode())));
                var found = find(merged, key, path, visited);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** What is written in the mapping itself, by its key; of several the first counts. */
    private static Map<String, NodeTuple> own(MappingNode mapping) {
        var own = new HashMap<String, NodeTuple>();
        for (var entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key
                    && !isTagged(entry.getValueNode(), RESET)) {
                own.putIfAbsent(key.getValue(), entry);
            }
        }
        return own;
    }

    private void collect(MappingNode mapping, Set<String> keys, Set<Node> visited) {
        if (!visited.add(mapping)) {
            return;
        }
        for (var entry : mapping.getValue()) {
            merged(entry).forEach(merged -> collect(merged, keys, visited));
            if (entry.getKeyNode() instanceof ScalarNode key
                    && !isMerge(entry)
                    && !isTagged(entry.getValueNode(), RESET)) {
                keys.add(key.getValue());
            }
        }
    }

    private static List<MappingNode> merged(NodeTuple entry) {
        if (!isMerge(entry)) {
            return List.of();
        }
        return switch (entry.getValueNode()) {
            case MappingNode one -> List.of(one);
            case SequenceNode several ->
                    several.getValue().stream()
                            .filter(MappingNode.class::isInstance)
                            .map(MappingNode.class::cast)
                            .toList();
            default -> List.of();
        };
    }

    private static boolean isMerge(NodeTuple entry) {
        return isKey(entry, MERGE) && ((ScalarNode) entry.getKeyNode()).isPlain();
    }

    private static boolean isKey(NodeTuple entry, String key) {
        return entry.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key);
    }

    private Phrase alias(NodeTuple entry) {
        var name =
                entry.getValueNode().getAnchor().map(anchor -> "*" + anchor.getValue()).orElse("*");
        return Phrase.of("alias {0} at {1}", name, yaml.where(entry.getKeyNode()));
    }

    private static List<Phrase> add(List<Phrase> via, Phrase step) {
        var longer = new ArrayList<>(via);
        longer.add(step);
        return longer;
    }

    private static Set<Node> nodes() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
