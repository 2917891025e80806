package backout.chat.console.web;

import backout.chat.Form;
import backout.chat.Message;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.RunId;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one person alone is told after they asked for something.
 *
 * @param id unique in its session: {@code n3}
 * @param version of the console when it became like this
 * @param words what they said
 */
record Notice(String id, long version, Instant at, String words, Body body) {
    /** What there is to read. */
    sealed interface Body {
        /** It went to a run, whose card shows the rest. */
        record Said(Phrase text, RunId run) implements Body {}

        record Answer(Message message) implements Body {}

        /** Being looked at; becomes an answer or a refusal. */
        record Waiting(Phrase said) implements Body {}

        record Refusal(List<Problem> problems) implements Body {
            public Refusal {
                problems = List.copyOf(problems);
            }
        }

        /**
         * Something is missing.
         *
         * @param values what was filled in before, by the key of the input
         * @param problems why that was not enough; empty the first time
         */
        record Ask(Form form, Map<String, String> values, List<Problem> problems) implements Body {
            public Ask {
                values = Map.copyOf(values);
                problems = List.copyOf(problems);
            }
        }
    }
}
