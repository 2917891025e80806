package backout.chat.discord;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Room;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells Discord which commands there are, for all servers at once, and only when they differ from
 * those that it has: a client that knows the former ones fails once with them.
 */
final class Registration {
    private static final Logger log = LoggerFactory.getLogger(Registration.class);

    private final DiscordApi api;
    private final Supplier<CommandSheet> sheets;
    private Optional<JsonNode> told = Optional.empty();
    private Optional<Problem> trouble = Optional.empty();

    Registration(DiscordApi api, Supplier<CommandSheet> sheets) {
        this.api = api;
        this.sheets = sheets;
    }

    /**
     * Once for the commands as they are; asked again it does nothing more. What Discord would not
     * have is told each time.
     */
    synchronized void ensure(String application) throws Room.Later, Room.Refused {
        CommandSheet sheet = sheets.get();
        JsonNode ours = sheet.json();
        if (told.filter(ours::equals).isEmpty()) {
            trouble = Optional.empty();
            register(application, sheet, ours);
            told = Optional.of(ours);
        }
        if (trouble.isPresent()) {
            throw new Room.Refused(trouble.get());
        }
    }

    private void register(String application, CommandSheet sheet, JsonNode ours) throws Room.Later {
        String path = "applications/" + application + "/commands";
        try {
            JsonNode theirs = api.get("", path + "?with_localizations=true");
            if (CommandSheet.isSame(ours, theirs)) {
                return;
            }
            put(path, sheet, ours);
        } catch (DiscordApi.No no) {
            trouble = Optional.of(no.problem());
        }
    }

    private void put(String path, CommandSheet sheet, JsonNode ours)
            throws Room.Later, DiscordApi.No {
        try {
            var _ = api.send("PUT", "", path, ours);
        } catch (DiscordApi.No no) {
            log.warn("Discord does not have the commands as they are: {}", no.problem());
            var _ = api.send("PUT", "", path, CommandSheet.unlocalized(ours));
            trouble =
                    Optional.of(
                            new Problem(
                                    Phrase.of(
                                            "Discord has the commands in English alone: {0}",
                                            no.problem().what()),
                                    "commands/",
                                    Phrase.of("change what it names there")));
        }
        log.info("Discord was told the commands of this site");
        if (!sheet.leftOut().isEmpty()) {
            log.warn("Discord has no room for these commands: {}", sheet.leftOut());
        }
    }
}
