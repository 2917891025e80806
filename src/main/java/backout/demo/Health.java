package backout.demo;

import backout.language.Phrase;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * What the service itself says, asked with nothing of the bot's.
 *
 * @param status of HTTP; 0 when nothing answered
 * @param body what it said, or why nothing came
 */
record Health(int status, String body) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static Health of(String url) {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Health(answer.statusCode(), answer.body());
        } catch (IOException e) {
            return new Health(0, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Health(0, "interrupted");
        }
    }

    /** Well, with its Redis, and of this version. */
    boolean isWell(String version) {
        return status == 200
                && body.contains("\"version\":\"" + version + "\"")
                && body.contains("\"status\":\"healthy\"")
                && !body.contains("unhealthy");
    }

    Phrase phrase() {
        return status == 0
                ? Phrase.of("no answer ({0})", body)
                : Phrase.verbatim(status + " " + body);
    }
}
