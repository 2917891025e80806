package backout.story;

import backout.fixture.Await;
import backout.fixture.SlackDriver.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** In Slack. */
class SlackChatTest extends ChatContract {
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
        return new InSlack(bot, slack, new HashMap<>());
    }

    /**
     * @param acknowledged what the answers to a person's requests said
     */
    record InSlack(
            SlackBot bot, FakeSlack slack, Map<String, String> acknowledged, AtomicInteger filled)
            implements Face {
        InSlack(SlackBot bot, FakeSlack slack, Map<String, String> acknowledged) {
            this(bot, slack, acknowledged, new AtomicInteger());
        }

        private void note(String person, Answer answer) {
            acknowledged.merge(person, answer.body(), String::concat);
        }

        @Override
        public void says(String person, String words) {
            note(person, bot.types(person, words));
        }

        @Override
        public String button(String action) {
            bot.until(action + " is on the card", () -> find(action).isPresent());
            return find(action).orElseThrow();
        }

        private Optional<String> find(String action) {
            return Pattern.compile("\"(" + action + ":[A-Z0-9]+:[a-z0-9]*)\"")
                    .matcher(bot.card().json().toString())
                    .results()
                    .map(found -> found.group(1))
                    .findFirst();
        }

        @Override
        public OptionalInt calls(String person) {
            return OptionalInt.of(
                    (int)
                            slack.posts(bot.account(person)).stream()
                                    .filter(text -> text.contains("you are called"))
                                    .count());
        }

        @Override
        public void presses(String person, String button) {
            note(person, bot.deliver(bot.press(person, button)));
        }

        @Override
        public void fillsIn(String person, Map<String, String> values) {
            Await.until("a dialog", () -> slack.views().size() > filled.get());
            filled.set(slack.views().size());
            String all =
                    values.entrySet().stream()
                            .map(one ->
                                    "\"%s\": {\"value\": {\"value\": \"%s\"}}"
                                            .formatted(one.getKey(), one.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            String view = slack.views().getLast().toString();
            note(person, bot.deliver(bot.driver.submission(bot.account(person), "V1", view, all)));
        }

        @Override
        public String told(String person) {
            return acknowledged.getOrDefault(person, "")
                    + bot.whispers()
                    + slack.posts(bot.account(person));
        }

        @Override
        public String card() {
            return bot.card().text();
        }

        @Override
        public void close() {}
    }
}
