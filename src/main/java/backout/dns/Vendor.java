package backout.dns;

import backout.http.Http;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;

/**
 * A company that keeps zones, asked over HTTPS.
 *
 * @param name as people know it
 * @param state the page that tells whether it has an outage
 * @param console where people look at their zones
 */
record Vendor(String name, String state, String console) {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final OkHttpClient HTTP = Http.client();

    /** The body is an empty object where it was no JSON: then the status alone speaks. */
    record Answer(int status, JsonNode body) {
        boolean isBusy() {
            return status >= 500 || status == 429;
        }
    }

    /**
     * @param changes whether something may have been changed where no answer comes
     */
    Answer call(Request request, boolean changes) {
        try (Response response = HTTP.newCall(request).execute()) {
            return new Answer(response.code(), json(response.body().string()));
        } catch (IOException e) {
            throw unseen(Cause.of(e), changes);
        }
    }

    private static JsonNode json(String text) {
        try {
            JsonNode body = JSON.readTree(text);
            return body.isObject() ? body : JSON.createObjectNode();
        } catch (JacksonException _) {
            return JSON.createObjectNode();
        }
    }

    ProblemException unseen(Phrase why, boolean changes) {
        return ProblemException.unseen(
                Problem.of(
                        changes
                                ? Phrase.of(
                                        "{0} gave no answer, it may have changed the zone or not:"
                                                + " {1}",
                                        name, why)
                                : Phrase.of("{0} is not to be asked now: {1}", name, why),
                        Phrase.of("see {0}, then ask again", state)));
    }

    ProblemException refused(Phrase says, Phrase next) {
        return Problem.stop(Phrase.of("{0} refuses: {1}", name, says), next);
    }

    ProblemException refused(String says, Phrase next) {
        return Problem.stop(Phrase.of("{0} refuses: {1}", name, says), next);
    }

    Phrase look() {
        return Phrase.of("look at the zone on {0}", console);
    }

    ProblemException noScript() {
        return Problem.stop(
                Phrase.of("no script changes a zone at {0}", name),
                Phrase.of("change its records on {0}, as the plan shows them", console));
    }

    /**
     * @param at {@code env:NAME} or {@code file:PATH}
     */
    String secret(Secrets secrets, String at) {
        return secrets.of(at)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("the key of {0} is not there: {1}", name, at),
                                Phrase.of(
                                        "set it where the bot and this command are started, then"
                                                + " ask again")))
                .reveal();
    }
}
