package backout.docker;

import backout.language.Phrase;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The container events of an engine.
 *
 * @param grace how long the engine may take beyond the time that it is asked for
 */
record Events(Wire wire, Duration grace) {
    /** As {@link Engine#follow}. */
    void follow(Instant since, Instant now, Duration atMost, Consumer<EngineEvent> to) {
        var ask = Ask.get(path(since, now.plus(atMost)), Phrase.of("tell its events"));
        wire.stream(
                ask,
                atMost.plus(grace),
                (status, headers, body) -> {
                    EngineProblems.refuseUnless200(ask, status, headers, body);
                    try (var events = Json.stream(body)) {
                        while (events.hasNext()) {
                            to.accept(EngineEvent.of(events.next()));
                        }
                    }
                    return true;
                });
    }

    private static String path(Instant since, Instant until) {
        var filter = Json.object();
        filter.set("type", Json.array(List.of("container")));
        return "/events?since="
                + seconds(since)
                + "&until="
                + seconds(until)
                + "&filters="
                + Ask.query(filter.toString());
    }

    private static String seconds(Instant instant) {
        return String.format(Locale.ROOT, "%d.%09d", instant.getEpochSecond(), instant.getNano());
    }
}
