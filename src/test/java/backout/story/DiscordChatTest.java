package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.fixture.FakeDiscord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** In Discord, by its gateway. */
class DiscordChatTest extends ChatContract {
    @ParameterizedTest
    @MethodSource("scenarios")
    void the_same_when_the_bot_is_started_again_after_each_step(Path file) {
        play(file, true);
    }

    @Test
    void a_link_into_the_console_is_for_one_person_alone() {
        a_link_into_the_console_is_whispered();
    }

    @Override
    Face face(SlackBot bot, FakeSlack slack) {
        var discord = new FakeDiscord(bot.clock, InDiscord.OPS, InDiscord.NEWS);
        bot.discord(discord).restart();
        return new InDiscord(bot, discord);
    }

    /** Each person has the account that {@link SlackBot#discord} gives them. */
    record InDiscord(SlackBot bot, FakeDiscord discord, Map<String, Integer> filled)
            implements Face {
        static final String OPS = SlackBot.DISCORD_OPS;
        static final String NEWS = SlackBot.DISCORD_NEWS;

        InDiscord(SlackBot bot, FakeDiscord discord) {
            this(bot, discord, new HashMap<>());
        }

        /** As people choose it there: a sub-command, then what is not introduced by a word. */
        @Override
        public void says(String person, String words) {
            var options = new LinkedHashMap<String, Object>();
            String[] reasoned = words.split(" because ", 2);
            String[] said = reasoned[0].split(" ", 2);
            if (said.length > 1) {
                options.put(
                        switch (said[0]) {
                            case "plan" -> "command";
                            case "review" -> "run";
                            default -> "target";
                        },
                        said[1]);
            }
            if (reasoned.length > 1) {
                options.put("reason", reasoned[1]);
            }
            Await.until("the bot listens", discord::listens);
            discord.tell(discord.command(account(person), OPS, said[0], options));
        }

        static String account(String person) {
            return SlackBot.discordAccount(person);
        }

        /** What nobody asked for stands where outcomes are announced. */
        Optional<JsonNode> latest() {
            return Stream.of(OPS, NEWS)
                    .flatMap(channel -> discord.messages(channel).reversed().stream())
                    .filter(message -> FakeDiscord.read(message).startsWith("### "))
                    .<JsonNode>map(message -> message)
                    .findFirst();
        }

        @Override
        public String button(String action) {
            Await.until(action + " is on the card", () -> find(action).isPresent());
            return find(action).orElseThrow();
        }

        Optional<String> find(String action) {
            return latest().stream()
                    .flatMap(card -> FakeDiscord.buttons(card).stream())
                    .filter(id -> id.replace("?", "").startsWith(action + ":"))
                    .findFirst();
        }

        @Override
        public void presses(String person, String button) {
            Await.until("the bot listens", discord::listens);
            discord.tell(discord.press(account(person), OPS, button));
        }

        @Override
        public void sure(String person, String button) {
            presses(person, button.replace("?", ""));
        }

        @Override
        public OptionalInt calls(String person) {
            return OptionalInt.of(
                    (int)
                            discord.written(account(person)).stream()
                                    .map(FakeDiscord::read)
                                    .filter(text -> text.contains("you are called"))
                                    .count());
        }

        @Override
        public void fillsIn(String person, Map<String, String> values) {
            Await.until("a dialog", () -> modals(person).size() > filled.getOrDefault(person, 0));
            filled.put(person, modals(person).size());
            JsonNode modal = modals(person).getLast().path("data");
            discord.tell(discord.submission(account(person), OPS, modal, values));
        }

        private List<JsonNode> modals(String person) {
            return discord.answers(account(person)).stream()
                    .filter(answer -> answer.path("type").asInt(0) == 9)
                    .toList();
        }

        @Override
        public String told(String person) {
            var said = new StringBuilder();
            discord.answers(account(person)).forEach(one -> said.append(FakeDiscord.read(one)));
            discord.written(account(person)).forEach(one -> said.append(FakeDiscord.read(one)));
            return said.toString();
        }

        @Override
        public String card() {
            return latest().map(FakeDiscord::read).orElse("");
        }

        @Override
        public void close() {
            discord.close();
            assertThat(discord.complaints()).isEmpty();
        }
    }
}
