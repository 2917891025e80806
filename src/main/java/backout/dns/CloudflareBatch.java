package backout.dns;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * One transaction: deletes, then patches, then posts. Of what stays only what changes is sent: a
 * record that is written whole loses its proxying, comment and tags.
 */
final class CloudflareBatch {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode body = JSON.createObjectNode();
    private final ArrayNode deletes = body.putArray("deletes");
    private final ArrayNode patches = body.putArray("patches");
    private final ArrayNode posts = body.putArray("posts");

    /** What stays keeps its id, comment and tags. */
    void add(Edit edit) {
        edit.wanted()
                .ifPresentOrElse(
                        wanted ->
                                edit.old()
                                        .ifPresentOrElse(
                                                old -> patch(old, wanted), () -> post(wanted)),
                        () -> edit.old().ifPresent(old -> delete(old.id())));
    }

    JsonNode body() {
        return body;
    }

    private void delete(String id) {
        deletes.addObject().put("id", id);
    }

    private void patch(Kept old, Edit.Wanted wanted) {
        ObjectNode patch = patches.addObject().put("id", old.id());
        describe(patch, wanted);
        if (wanted.leadsAs(old)) {
            patch.remove(List.of("content", "data"));
        }
        if (old.proxied() != wanted.set().proxied()) {
            patch.put("proxied", wanted.set().proxied());
        }
    }

    private void post(Edit.Wanted wanted) {
        ObjectNode post = posts.addObject();
        describe(post, wanted);
        if (wanted.set().proxied()) {
            post.put("proxied", true);
        }
    }

    private static void describe(ObjectNode record, Edit.Wanted wanted) {
        RecordSet set = wanted.set();
        record.put("type", set.type()).put("name", bare(set.name()));
        record.put("ttl", set.proxied() ? 1 : set.ttl());
        if (set.type().equals("HTTPS")) {
            String[] words = wanted.value().split(" ", 3);
            record.putObject("data")
                    .put("priority", Integer.parseInt(words[0]))
                    .put("target", words[1])
                    .put("value", words.length > 2 ? words[2] : "");
        } else {
            boolean isAlias = set.type().equals("CNAME");
            record.put("content", isAlias ? bare(wanted.value()) : wanted.value());
        }
    }

    private static String bare(String name) {
        return name.substring(0, name.length() - 1);
    }
}
