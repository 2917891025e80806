package backout.check;

import backout.language.Phrase;
import backout.problem.Problem;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What a probe saw of a subject. */
public sealed interface Reading {
    /**
     * An answer over HTTP, whatever it says.
     *
     * @param cut whether the body is longer than what was read of it
     */
    record Answered(int status, String body, boolean cut, Duration responseTime)
            implements Reading {
        /** Without the body: it may hold what nobody should read in a log. */
        @Override
        public String toString() {
            return "Answered[" + status + ", " + body.length() + " characters]";
        }
    }

    /**
     * What was measured of a container, a Redis, a disk; a field that is missing was not seen.
     *
     * @param cause why it is in such a state, as far as that is known; told where that is not well
     */
    record Facts(Map<Field, String> texts, Map<Field, BigDecimal> numbers, Phrase cause)
            implements Reading {
        public Facts {
            texts = Map.copyOf(texts);
            numbers = Map.copyOf(numbers);
        }

        public static Facts none() {
            return new Facts(Map.of(), Map.of(), Phrase.NONE);
        }

        public Facts with(Field field, String text) {
            require(field, field.kind().isText());
            var more = new EnumMap<Field, String>(Field.class);
            more.putAll(texts);
            more.put(field, text);
            return new Facts(more, numbers, cause);
        }

        public Facts because(Phrase cause) {
            return new Facts(texts, numbers, cause);
        }

        /**
         * These facts and one number more.
         *
         * @param number in the unit of {@link Field.Kind}: ms, bytes, percent or plain
         */
        public Facts with(Field field, BigDecimal number) {
            require(field, !field.kind().isText());
            var more = new EnumMap<Field, BigDecimal>(Field.class);
            more.putAll(numbers);
            more.put(field, number);
            return new Facts(texts, more, cause);
        }

        public Facts with(Field field, long number) {
            return with(field, BigDecimal.valueOf(number));
        }

        private static void require(Field field, boolean fits) {
            if (!fits) {
                throw new IllegalArgumentException(field + " is " + field.kind());
            }
        }
    }

    /**
     * What was seen before the rollback, as it was kept of it.
     *
     * @param value of {@link Check#measure}
     */
    record Remembered(String value) implements Reading {}

    /**
     * The service does not answer or is not there: that is its fault, not ours.
     *
     * @param seen such as "connection refused", "no such container"
     */
    record NoAnswer(Phrase seen) implements Reading {}

    /** We could not look: it says nothing about the service. */
    record NotSeen(Problem problem) implements Reading {}
}
