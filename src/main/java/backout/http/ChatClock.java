package backout.http;

import backout.frontdesk.Diagnosis;
import backout.language.Phrase;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Whether this machine's clock and a chat's are close enough for signatures to be taken. */
public final class ChatClock {
    private static final Duration MOST_SKEW = Signatures.WINDOW.dividedBy(2);

    private ChatClock() {}

    /**
     * @param called what people call the chat
     * @param date the header of its last answer
     */
    public static Diagnosis of(String called, Optional<String> date, Instant now) {
        Optional<Instant> said = date.flatMap(ChatClock::instant);
        if (said.isEmpty()) {
            return Diagnosis.unknown(
                    Phrase.of("{0} did not tell its time", called),
                    Phrase.of("try again in a minute"));
        }
        Duration skew = Duration.between(said.get(), now).abs();
        return skew.compareTo(MOST_SKEW) <= 0
                ? Diagnosis.well(Phrase.of("this clock is right"))
                : Diagnosis.unwell(
                        Phrase.of("this clock is {0} off that of {1}", skew, called),
                        Phrase.of(
                                "set it: what {0} signs is refused when it is too old, and cards"
                                        + " show wrong times",
                                called));
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
