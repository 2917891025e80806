package backout.story;

import backout.fixture.Await;
import backout.fixture.SlackDriver.Answer;

import java.util.HashMap;
import java.util.Map;

/** In Slack. */
class SlackChatTest extends ChatContract {
    @Override
    Face face(SlackBot bot, FakeSlack slack) {
        return new InSlack(bot, slack, new HashMap<>());
    }

    /**
     * @param acknowledged what the answers to a person's requests said
     */
    record InSlack(SlackBot bot, FakeSlack slack, Map<String, String> acknowledged)
            implements Face {
        private void note(String person, Answer answer) {
            acknowledged.merge(person, answer.body(), String::concat);
        }

        @Override
        public void says(String person, String words) {
            note(person, bot.types(person, words));
        }

        @Override
        public String button(String action) {
            return bot.awaitButton(
                    switch (action) {
                        case "confirm" -> "Confirm";
                        case "approve" -> "Approve";
                        case "deny" -> "Deny…";
                        default -> throw new IllegalArgumentException(action);
                    });
        }

        @Override
        public void presses(String person, String button) {
            note(person, bot.deliver(bot.press(person, button)));
        }

        @Override
        public void fillsIn(String person, String key, String value) {
            Await.until("a dialog", () -> !slack.views().isEmpty());
            String values = "{\"%s\": {\"value\": {\"value\": \"%s\"}}}".formatted(key, value);
            String view = slack.views().getLast().toString();
            note(
                    person,
                    bot.deliver(bot.driver.submission(bot.account(person), "V1", view, values)));
        }

        @Override
        public String told(String person) {
            return acknowledged.getOrDefault(person, "") + bot.whispers();
        }

        @Override
        public String card() {
            return bot.card().text();
        }

        @Override
        public void close() {}
    }
}
