package backout.http;

import backout.check.Probe;
import backout.check.Reading;
import backout.check.Secret;
import backout.check.Subject;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.ProblemException;

import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Asks over HTTP as the target's own machine would: its 127.0.0.1 is meant by 127.0.0.1. */
public record FarProbe(Host host, OkHttpClient http, Function<String, Optional<Secret>> secrets)
        implements Probe {
    @Override
    public Reading look(Subject filled, Duration deadline) {
        HttpUrl url = HttpUrl.parse(filled.template());
        if (url == null) {
            return new HttpProbe(http, secrets).look(filled, deadline);
        }
        try {
            OkHttpClient through = Http.through(http, host.reach(url.host(), url.port()));
            Reading reading = new HttpProbe(through, secrets).look(filled, deadline);
            return reading instanceof Reading.NoAnswer ? whose(reading, url) : reading;
        } catch (ProblemException noLine) {
            return new Reading.NotSeen(noLine.problem());
        }
    }

    /**
     * A port where nothing listens and a line that is cut both look like a service that hangs up.
     *
     * @throws ProblemException when there is no line
     */
    private Reading whose(Reading silence, HttpUrl url) {
        return host.port(url.host(), url.port()) == Host.PortState.FREE
                ? new Reading.NoAnswer(Phrase.of("connection refused"))
                : silence;
    }
}
