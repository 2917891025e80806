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
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
     * A part of a long list.
     *
     * @param total of the whole list
     */
    record Page(JsonNode rows, int total) {}

    interface Pages {
        /**
         * @param page from 1
         * @param seen how many rows those before it had
         */
        Page at(int page, int seen);
    }

    /** All rows; one that says it has more and tells none is not asked for ever. */
    static Stream<JsonNode> pages(Pages pages) {
        var all = new ArrayList<JsonNode>();
        int before = -1;
        int total = Integer.MAX_VALUE;
        for (int page = 1; all.size() < total && all.size() > before; page++) {
            before = all.size();
            Page next = pages.at(page, all.size());
            next.rows().forEach(all::add);
            total = next.total();
        }
        return all.stream();
    }

    /**
     * Patterns of how the codes of its refusals begin, by what they mean.
     *
     * @param key it is none
     * @param right it may not do that
     * @param rights what it needs, in the vendor's words
     * @param ttl the zone may not have that time
     * @param zone it is not there
     * @param exists such a record does already
     */
    record Codes(String key, String right, String rights, String ttl, String zone, String exists) {}

    /**
     * What helps against a refusal.
     *
     * @param at where its key was found
     */
    Phrase helps(String code, Codes codes, String at) {
        if (begins(code, codes.key)) {
            return Phrase.of(
                    "{0} must hold ID:SECRET of an access key of {1} that is still enabled",
                    at, name);
        }
        if (begins(code, codes.right)) {
            return Phrase.of("give the user of that key the right {0} for this zone", codes.rights);
        }
        if (begins(code, codes.ttl)) {
            return Phrase.of("set ttl: and least-ttl: to what the plan of the zone allows");
        }
        if (begins(code, codes.zone)) {
            return elsewhere();
        }
        return begins(code, codes.exists) ? exists() : look();
    }

    private static boolean begins(String code, String pattern) {
        return Pattern.compile(pattern).matcher(code).lookingAt();
    }

    Phrase elsewhere() {
        return Phrase.of("the zone is not in the account of that key, see zone: and key:");
    }

    Phrase exists() {
        return Phrase.of(
                "somebody made such a record in between: look at the zone; nothing was changed");
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
