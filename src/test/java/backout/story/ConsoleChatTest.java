package backout.story;

import java.util.HashMap;
import java.util.Map;

/** On the page of the web console. */
class ConsoleChatTest extends ChatContract {
    @Override
    Face face(SlackBot bot, FakeSlack slack) {
        return new OnPage(bot, new HashMap<>());
    }

    private record OnPage(SlackBot bot, Map<String, Visitor> visitors) implements Face {
        private Visitor visitor(String person) {
            return visitors.computeIfAbsent(person, name -> Visitor.of(name, bot.seat()));
        }

        @Override
        public void says(String person, String words) {
            visitor(person).say(words);
        }

        @Override
        public String button(String action) {
            String asked = action.equals("confirm") ? "li" : "anna";
            visitor(asked).until("value=\"" + action + ":");
            return visitor(asked).button(action);
        }

        @Override
        public void presses(String person, String button) {
            visitor(person).pressButton(button);
        }

        @Override
        public void fillsIn(String person, Map<String, String> values) {
            visitor(person).fill(values);
        }

        @Override
        public String told(String person) {
            return visitor(person).get("/");
        }

        @Override
        public String card() {
            return visitor("li").get("/");
        }

        @Override
        public void close() {
            visitors.values().forEach(Visitor::close);
        }
    }
}
