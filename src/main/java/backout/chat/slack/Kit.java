package backout.chat.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.util.Collection;
import java.util.List;

/**
 * The few shapes of Block Kit that we use. Texts of people go into rich text and plain text alone,
 * which Slack shows letter by letter: no mention, link, emoji or format can come out of them.
 */
final class Kit {
    private Kit() {}

    static JsonObject object(String type) {
        var object = new JsonObject();
        object.addProperty("type", type);
        return object;
    }

    static JsonArray array(Collection<? extends JsonElement> elements) {
        var array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }

    /** Slack promises no format here, but not that a mention stays text: so none is left. */
    static JsonObject plain(String text) {
        var object = object("plain_text");
        object.addProperty("text", text.replace('<', '‹').replace('>', '›'));
        object.addProperty("emoji", false);
        return object;
    }

    /** Formatted by Slack: for texts of our own only. */
    static JsonObject formatted(String text) {
        var object = object("mrkdwn");
        object.addProperty("text", text);
        object.addProperty("verbatim", true);
        return object;
    }

    static JsonObject header(String text) {
        var block = object("header");
        block.add("text", plain(text));
        return block;
    }

    static JsonObject context(JsonObject... elements) {
        var block = object("context");
        block.add("elements", array(List.of(elements)));
        return block;
    }

    static JsonObject rich(List<JsonObject> parts) {
        var block = object("rich_text");
        block.add("elements", array(parts));
        return block;
    }

    static JsonObject section(List<JsonObject> texts) {
        var part = object("rich_text_section");
        part.add("elements", array(texts));
        return part;
    }

    static JsonObject preformatted(String text) {
        var part = object("rich_text_preformatted");
        part.add("elements", array(List.of(text(text))));
        return part;
    }

    static JsonObject bullets(List<JsonObject> sections) {
        var part = object("rich_text_list");
        part.addProperty("style", "bullet");
        part.add("elements", array(sections));
        return part;
    }

    /** Slack refuses an empty one. */
    static JsonObject text(String text) {
        var element = object("text");
        element.addProperty("text", text.isEmpty() ? " " : text);
        return element;
    }

    /** Calls them. */
    static JsonObject user(String id) {
        var element = object("user");
        element.addProperty("user_id", id);
        return element;
    }

    static JsonObject bold(String text) {
        var element = text(text);
        var style = new JsonObject();
        style.addProperty("bold", true);
        element.add("style", style);
        return element;
    }

    /**
     * What Slack would read as a mention, a link or a date becomes letters; the only three
     * characters that need it: https://docs.slack.dev/messaging/formatting-message-text#escaping
     */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
