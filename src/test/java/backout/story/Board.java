package backout.story;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** What stands in a channel, asked of Slack and not of the bot. */
final class Board {
    private final BinaryOperator<String> slack;
    private final String channel;

    /**
     * @param slack answers a method and its form with JSON
     */
    Board(BinaryOperator<String> slack, String channel) {
        this.slack = slack;
        this.channel = channel;
    }

    String channel() {
        return channel;
    }

    /** One message of the channel, as Slack has it now. */
    record Posted(JsonObject json) {
        String ts() {
            return json.get("ts").getAsString();
        }

        /** The bot's own name for it, such as {@code card-RWQ2J}; empty where it gave none. */
        String key() {
            return json.has("metadata")
                    ? json.getAsJsonObject("metadata")
                            .getAsJsonObject("event_payload")
                            .get("key")
                            .getAsString()
                    : "";
        }

        /** The texts of all blocks. */
        String text() {
            var texts = new ArrayList<String>();
            collect(json.get("blocks"), "text", texts);
            return String.join("\n", texts);
        }

        /** What the buttons say, in their order. */
        List<String> buttons() {
            return elements().stream().map(Posted::label).toList();
        }

        /** What a press of that button sends; empty where there is none. */
        Optional<String> button(String label) {
            return elements().stream()
                    .filter(button -> label(button).equals(label))
                    .map(button -> button.get("value").getAsString())
                    .findFirst();
        }

        private List<JsonObject> elements() {
            var buttons = new ArrayList<JsonObject>();
            for (JsonElement block : blocks()) {
                if (block.getAsJsonObject().get("type").getAsString().equals("actions")) {
                    block.getAsJsonObject()
                            .getAsJsonArray("elements")
                            .forEach(button -> buttons.add(button.getAsJsonObject()));
                }
            }
            return buttons;
        }

        private JsonArray blocks() {
            return json.has("blocks") ? json.getAsJsonArray("blocks") : new JsonArray();
        }

        private static String label(JsonObject button) {
            return button.getAsJsonObject("text").get("text").getAsString();
        }
    }

    private static void collect(JsonElement element, String key, List<String> texts) {
        if (element == null) {
            return;
        }
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> collect(each, key, texts));
        } else if (element.isJsonObject()) {
            element.getAsJsonObject()
                    .asMap()
                    .forEach((name, value) -> {
                        if (name.equals(key) && value.isJsonPrimitive()) {
                            texts.add(value.getAsString());
                        }
                        if (name.equals("user_id")) {
                            texts.add("<@" + value.getAsString() + ">");
                        }
                        collect(value, key, texts);
                    });
        }
    }

    /** The oldest first, without what stands in threads. */
    List<Posted> messages() {
        return read("conversations.history", "channel=" + channel + "&include_all_metadata=true")
                .reversed();
    }

    /** What the thread below a message says, a text for each. */
    List<String> thread(Posted below) {
        List<Posted> all =
                read("conversations.replies", "channel=" + channel + "&ts=" + below.ts());
        return all.stream().skip(1).map(Posted::text).toList();
    }

    private List<Posted> read(String method, String form) {
        return JsonParser.parseString(slack.apply(method, form))
                .getAsJsonObject()
                .getAsJsonArray("messages")
                .asList()
                .stream()
                .map(message -> new Posted(message.getAsJsonObject()))
                .toList();
    }

    /** The latest card. */
    Optional<Posted> card() {
        return messages().reversed().stream()
                .filter(message -> message.key().startsWith("card-"))
                .findFirst();
    }
}
