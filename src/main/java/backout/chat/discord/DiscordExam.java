package backout.chat.discord;

import backout.frontdesk.Diagnosis;
import backout.http.ChatClock;
import backout.language.Phrase;
import backout.report.Room;

import tools.jackson.databind.JsonNode;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What Discord tells of the application when it is asked whose token this is: above all whether
 * what people do reaches the bot, which fails without a word.
 *
 * @param key the public key of {@code chat.yml}; empty where the bot listens to the gateway
 */
record DiscordExam(DiscordApi api, CommandSheet sheet, Optional<String> key, InstantSource clock) {
    List<Diagnosis> all() {
        return Diagnosis.asking(this::found);
    }

    private List<Diagnosis> found() throws Room.Later, Room.Refused {
        JsonNode me = api.ofApplication("applications/@me");
        return List.of(
                Diagnosis.known(me.path("name").asString("")),
                way(
                        me.path("interactions_endpoint_url").asString(""),
                        me.path("verify_key").asString("")),
                commands(me.path("id").asString("")),
                ChatClock.of(DiscordChat.KEYS.called(), api.date(), clock.instant()));
    }

    private Diagnosis way(String endpoint, String theirs) {
        if (key.isEmpty()) {
            return endpoint.isEmpty()
                    ? Diagnosis.well(Phrase.of("commands and presses come by the gateway"))
                    : Diagnosis.unwell(
                            Phrase.of("Discord sends commands and presses to {0}", endpoint),
                            Phrase.of(
                                    "empty the Interactions Endpoint URL on the application's page,"
                                            + " or set discord/public-key in chat.yml"));
        }
        if (endpoint.isEmpty()) {
            return Diagnosis.unwell(
                    Phrase.of("Discord does not know where to call the bot"),
                    Phrase.of(
                            "enter the Interactions Endpoint URL on the application's page, or take"
                                    + " discord/public-key out of chat.yml"));
        }
        return theirs.equals(key.get())
                ? Diagnosis.well(Phrase.of("Discord calls {0} and signs with that key", endpoint))
                : Diagnosis.unwell(
                        Phrase.of("discord/public-key in chat.yml is not this application's"),
                        Phrase.of(
                                "copy it from the application's page (General Information, Public"
                                        + " Key)"));
    }

    private Diagnosis commands(String id) throws Room.Later, Room.Refused {
        JsonNode there =
                api.ofApplication("applications/" + id + "/commands?with_localizations=true");
        return CommandSheet.isSame(sheet.json(), there)
                ? Diagnosis.well(Phrase.of("its commands are those of this site"))
                : Diagnosis.unwell(
                        Phrase.of("its commands are not those of this site"),
                        Phrase.of("start bot/backout serve: it tells Discord"));
    }
}
