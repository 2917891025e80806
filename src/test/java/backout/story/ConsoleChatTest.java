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
            return visitors.computeIfAbsent(person, this::signedIn);
        }

        private Visitor signedIn(String person) {
            var host = bot.seat();
            if (host.run("signin", person) != 0) {
                throw new AssertionError(host.text());
            }
            String link = host.text().lines().findFirst().orElseThrow();
            return new Visitor(link.substring(0, link.indexOf("/signin/"))).open(link);
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
        public void fillsIn(String person, String key, String value) {
            visitor(person).fill(key, value);
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
