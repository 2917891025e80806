package backout.story;

import backout.Seat;
import backout.run.Run;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** In the console of a terminal, where a button is a command and a form its missing words. */
class TerminalChatTest extends ChatContract {
    /** The words before what a form asks for, in the order in which they are typed. */
    private static final Map<String, String> LEADS = leads();

    private static Map<String, String> leads() {
        var leads = new LinkedHashMap<String, String>();
        leads.put("name", "on");
        leads.put("text", "typing");
        leads.put("reason", "because");
        return leads;
    }

    @Override
    Face face(SlackBot bot, FakeSlack slack) {
        return new AtHost(bot, new HashMap<>(), new HashMap<>());
    }

    private record AtHost(SlackBot bot, Map<String, Seat> seats, Map<String, String> pressed)
            implements Face {
        private Seat seat(String person) {
            return seats.computeIfAbsent(
                    person, name -> bot.seat().start("console", "--as", name).until("exit to end"));
        }

        @Override
        public void says(String person, String words) {
            seat(person).type(words);
        }

        @Override
        public String button(String action) {
            return action + " " + bot.runId();
        }

        @Override
        public String stale(String action, Run run) {
            return button(action);
        }

        @Override
        public boolean keepsCard() {
            return false;
        }

        /** A no is typed with its reason in the same line, so it waits for that. */
        @Override
        public void presses(String person, String button) {
            if (!button.startsWith("deny ")) {
                seat(person).type(button);
            }
            pressed.put(person, button);
        }

        @Override
        public void sure(String person, String button) {
            seat(person).type(button + " typing yes");
        }

        @Override
        public void fillsIn(String person, Map<String, String> values) {
            var words = new StringBuilder(pressed.get(person));
            LEADS.forEach((key, lead) -> {
                if (values.containsKey(key)) {
                    words.append(' ').append(lead).append(' ').append(values.get(key));
                }
            });
            seat(person).type(words.toString());
        }

        @Override
        public String told(String person) {
            return seat(person).words();
        }

        @Override
        public String card() {
            return seat("li").words();
        }

        @Override
        public void close() {
            seats.values()
                    .forEach(seat -> {
                        seat.type("exit");
                        var _ = seat.exitCode();
                    });
        }
    }
}
