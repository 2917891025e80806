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

    /** By Discord's numbers. */
    enum Type {
        /** What we know nothing of. */
        NONE,
        PING,
        COMMAND,
        COMPONENT,
        SUGGESTION,
        MODAL;

        static Type of(int number) {
            return switch (number) {
                case 1 -> PING;
                case 2 -> COMMAND;
                case 3 -> COMPONENT;
                case 4 -> SUGGESTION;
                case 5 -> MODAL;
                default -> NONE;
            };
        }
    }

    /** What is missing in it is empty. */
    static Asked of(JsonNode interaction) {
        String member = interaction.path("member").path("user").path("id").asString("");
        return new Asked(
                interaction.path("id").asString(""),
                Type.of(interaction.path("type").asInt(0)),
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
