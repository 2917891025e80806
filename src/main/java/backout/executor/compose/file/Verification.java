package backout.executor.compose.file;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares a file before and after an edit, read again from its bytes: one value may differ,
 * nothing else.
 */
final class Verification {
    private final YamlFile before;
    private final YamlFile after;
    private final int start;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private int differences;

    private Verification(YamlFile before, YamlFile after, int start) {
        this.before = before;
        this.after = after;
        this.start = start;
    }

    /**
     * Whether the two differ in the scalar at that place alone: nodes, tags and anchors of all
     * documents.
     */
    static boolean differsOnlyAt(int start, YamlFile before, YamlFile after) {
        var verification = new Verification(before, after, start);
        return verification.same(before.documents(), after.documents())
                && verification.differences == 1;
    }

    /** Whether the two env files differ in the value at that place alone. */
    static boolean differsOnlyAt(int start, List<EnvLine> before, List<EnvLine> after) {
        if (before.size() != after.size()) {
            return false;
        }
        var differences = 0;
        for (var index = 0; index < before.size(); index++) {
            var one = before.get(index);
            var other = after.get(index);
            if (!one.name().equals(other.name())) {
                return false;
            }
            if (!raw(one).equals(raw(other))) {
                differences += one.start() == start ? 1 : 2;
            }
        }
        return differences == 1;
    }

    static Map<String, Edited.Change> changes(
            Map<String, String> before, Map<String, String> after) {
        var changes = new TreeMap<String, Edited.Change>();
        for (var service : before.keySet()) {
            var from = before.get(service);
            var to = after.getOrDefault(service, "");
            if (!from.equals(to)) {
                changes.put(service, new Edited.Change(from, to));
            }
        }
        for (var service : after.keySet()) {
            if (!before.containsKey(service)) {
                changes.put(service, new Edited.Change("", after.getOrDefault(service, "")));
            }
        }
        return changes;
    }

    private static String raw(EnvLine line) {
        return line.file().text().substring(line.start(), line.end());
    }

    private boolean same(List<Node> ours, List<Node> theirs) {
        if (ours.size() != theirs.size()) {
            return false;
        }
        for (var index = 0; index < ours.size(); index++) {
            if (!same(ours.get(index), theirs.get(index))) {
                return false;
            }
        }
        return true;
    }

    private boolean same(Node one, Node other) {
        if (!seen.add(one)) {
            return true;
        }
        return tag(one).equals(tag(other))
                && one.getAnchor().equals(other.getAnchor())
                && one.getNodeType() == other.getNodeType()
                && sameContent(one, other);
    }

    /** The parser tags a text that is one ${…} specially; for compose it is a text. */
    private static Tag tag(Node node) {
        return node.getTag().equals(Tag.ENV_TAG) ? Tag.STR : node.getTag();
    }

    private boolean sameContent(Node one, Node other) {
        return switch (one) {
            case ScalarNode scalar -> sameScalar(scalar, (ScalarNode) other);
            case SequenceNode sequence ->
                    same(sequence.getValue(), ((SequenceNode) other).getValue());
            case MappingNode mapping -> sameMapping(mapping, (MappingNode) other);
            default -> throw new IllegalStateException("a node of type " + one.getNodeType());
        };
    }

    private boolean sameMapping(MappingNode one, MappingNode other) {
        if (one.getValue().size() != other.getValue().size()) {
            return false;
        }
        for (var index = 0; index < one.getValue().size(); index++) {
            var ours = one.getValue().get(index);
            var theirs = other.getValue().get(index);
            if (!same(ours.getKeyNode(), theirs.getKeyNode())
                    || !same(ours.getValueNode(), theirs.getValueNode())) {
                return false;
            }
        }
        return true;
    }

    private boolean sameScalar(ScalarNode one, ScalarNode other) {
        if (one.getValue().equals(other.getValue())) {
            return true;
        }
        differences++;
        return Scalar.of(before, one).start() == start
                && Scalar.of(after, other).value().equals(other.getValue());
    }
}
