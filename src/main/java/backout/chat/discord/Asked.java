package backout.chat.discord;

import backout.chat.Place;

import tools.jackson.databind.JsonNode;

/**
 * An interaction: somebody typed, pressed or handed in something:
 * https://docs.discord.com/developers/interactions/receiving-and-responding
 *
 * @param token answers it, once within three seconds and further for 15 minutes
 * @param data what they did
 */
record Asked(
        String id,
        Type type,
        String application,
        String token,
        String user,
        Place place,
        String locale,
        JsonNode data) {
    private static final int SERVER = 0;

    /** In Discord's order. */
    enum Type {
        NONE,
        PING,
        COMMAND,
        COMPONENT,
        SUGGESTION,
        MODAL
    }

    /** What is missing in it is empty. */
    static Asked of(JsonNode interaction) {
        int type = interaction.path("type").asInt(0);
        Type known = type > 0 && type < Type.values().length ? Type.values()[type] : Type.NONE;
        String member = interaction.path("member").path("user").path("id").asString("");
        return new Asked(
                interaction.path("id").asString(""),
                known,
                interaction.path("application_id").asString(""),
                interaction.path("token").asString(""),
                member.isEmpty() ? interaction.path("user").path("id").asString("") : member,
                new Place(DiscordChat.KEYS.name(), channel(interaction)),
                interaction.path("locale").asString(""),
                interaction.path("data"));
    }

    private static String channel(JsonNode interaction) {
        String id = interaction.path("channel_id").asString("");
        boolean server =
                interaction.has("context")
                        ? interaction.path("context").asInt(SERVER) == SERVER
                        : interaction.has("guild_id");
        return server ? id : DiscordRoom.DIRECT + id;
    }

    /** The same however often Discord delivers it. */
    String delivery() {
        return DiscordChat.KEYS.name() + ":" + id;
    }

    /** What was pressed, in a button or in a menu. */
    String pressed() {
        JsonNode chosen = data.path("values").path(0);
        return chosen.isMissingNode() ? data.path("custom_id").asString("") : chosen.asString("");
    }

    /** It answers for a quarter of an hour, so it is in no log. */
    @Override
    public String toString() {
        return "Asked[" + id + ", " + type + ", " + user + ", ***]";
    }
}
