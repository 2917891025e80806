package backout.executor.vercel;

import backout.check.Secret;
import backout.http.Http;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Target;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Pause;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Vercel's API, for the projects of one target. Source: the published OpenAPI description, and what
 * the vendor's own command line calls.
 */
final class Vercel {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType TYPE = MediaType.get("application/json");
    private static final int PAGE = 100;
    private static final int PAGES = 20;
    private static final int TRIES = 3;
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    private final OkHttpClient http = Http.client();
    private final Secrets secrets;
    private final Pause pause;
    private final URI api;
    private final String team;
    private final String token;

    Vercel(Target target, Secrets secrets, Pause pause) {
        this(
                target.settings().url("api").orElseThrow(),
                target.settings().textIfAny("team").orElse(""),
                target.settings().text("token"),
                secrets,
                pause);
    }

    /**
     * @param team id or slug; empty for the account of the token
     * @param token {@code env:NAME} or {@code file:PATH}
     */
    Vercel(URI api, String team, String token, Secrets secrets, Pause pause) {
        this.api = api;
        this.team = team;
        this.token = token;
        this.secrets = secrets;
        this.pause = pause;
    }

    /** What a call was answered; a body that is no JSON object is an empty one. */
    record Answer(int status, JsonNode body) {
        boolean isDone() {
            return status >= 200 && status < 300;
        }

        /** In Vercel's own words. */
        String says() {
            String code = body.path("error").path("code").asString("");
            String message = body.path("error").path("message").asString("");
            return (status + " " + code + " " + message).strip();
        }
    }

    Project project(String nameOrId) {
        return Project.of(get("/v9/projects/" + nameOrId, Map.of()));
    }

    /** The ones that were built for production and are ready, the newest first. */
    List<Deployment> deployments(String project) {
        var query = new LinkedHashMap<String, String>();
        query.put("projectId", project);
        query.put("target", "production");
        query.put("state", "READY");
        return pages("/v6/deployments", query, "deployments").stream()
                .map(one -> Deployment.of(one, api.getScheme()))
                .toList();
    }

    /** Which deployment each name of the project leads to. */
    Map<String, String> domains(String project) {
        var domains = new LinkedHashMap<String, String>();
        for (JsonNode alias : pages("/v4/aliases", Map.of("projectId", project), "aliases")) {
            String to =
                    alias.path("deploymentId")
                            .asString(alias.path("deployment").path("id").asString(""));
            if (!to.isEmpty() && alias.path("deletedAt").asLong(0) == 0) {
                domains.put(alias.path("alias").asString(""), to);
            }
        }
        return domains;
    }

    /** Asks that the project's production domains lead to that deployment, and pins them there. */
    Answer rollback(String project, String deployment, String description) {
        return post(
                "/v1/projects/" + project + "/rollback/" + deployment,
                Map.of("description", description),
                JSON.createObjectNode());
    }

    /** The same, and new deployments go live by themselves again. */
    Answer promote(String project, String deployment) {
        return post(
                "/v10/projects/" + project + "/promote/" + deployment,
                Map.of(),
                JSON.createObjectNode());
    }

    /** One domain alone. */
    Answer assign(String deployment, String domain) {
        return post(
                "/v2/deployments/" + deployment + "/aliases",
                Map.of(),
                JSON.createObjectNode().put("alias", domain));
    }

    private List<JsonNode> pages(String path, Map<String, String> query, String list) {
        var all = new ArrayList<JsonNode>();
        var asked = new LinkedHashMap<>(query);
        asked.put("limit", Integer.toString(PAGE));
        for (int page = 0; page < PAGES; page++) {
            JsonNode answer = get(path, asked);
            answer.path(list).forEach(all::add);
            JsonNode next = answer.path("pagination").path("next");
            if (!next.isNumber()) {
                break;
            }
            asked.put("until", next.asString());
        }
        return all;
    }

    /** Whatever only reads is asked again where it may help. */
    private JsonNode get(String path, Map<String, String> query) {
        Answer answer = call(path, query, Optional.empty());
        for (int tried = 1; tried < TRIES && isForLater(answer); tried++) {
            pause.waitFor(rest(answer));
            answer = call(path, query, Optional.empty());
        }
        if (isForLater(answer)) {
            throw ProblemException.unseen(
                    Problem.of(
                            Phrase.of("Vercel is not to be asked now: {0}", answer.says()),
                            Phrase.of("see https://www.vercel-status.com, then ask again")));
        }
        if (!answer.isDone()) {
            throw new ProblemException(refused(answer));
        }
        return answer.body();
    }

    private static boolean isForLater(Answer answer) {
        return answer.status() == 429 || answer.status() >= 500;
    }

    private static Duration rest(Answer answer) {
        long reset = answer.body().path("error").path("limit").path("reset").asLong(0);
        long now = answer.body().path("error").path("limit").path("now").asLong(reset);
        Duration wanted = Duration.ofSeconds(Math.max(REST.toSeconds(), reset - now));
        return wanted.compareTo(LONGEST_REST) < 0 ? wanted : LONGEST_REST;
    }

    /** What an answer means that is none: whom it concerns and what helps. */
    Problem refused(Answer answer) {
        Phrase what = Phrase.of("Vercel refuses: {0}", answer.says());
        Phrase next =
                switch (answer.status()) {
                    case 401 -> Phrase.of("make a new token on Vercel and put it to {0}", token);
                    case 402 ->
                            Phrase.of(
                                    "its plan does not have that: on Hobby only the deployment"
                                            + " before may be gone back to");
                    case 403 ->
                            Phrase.of(
                                    "see that the token of {0} belongs to a member of the team that"
                                            + " owns the project, and that team: names it",
                                    token);
                    case 404 -> Phrase.of("see that project: and team: name what is on Vercel");
                    case 429 -> Phrase.of("ask again in a minute");
                    default -> Phrase.of("look at the project on Vercel, then ask again");
                };
        return Problem.of(what, next);
    }

    private Answer post(String path, Map<String, String> query, JsonNode body) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        Answer answer = call(path, query, Optional.of(RequestBody.create(bytes, TYPE)));
        if (answer.status() >= 500) {
            throw ProblemException.unseen(
                    Problem.of(
                            Phrase.of(
                                    "Vercel fails, it may have done it or not: {0}", answer.says()),
                            Phrase.of("see https://www.vercel-status.com")));
        }
        return answer;
    }

    private Answer call(String path, Map<String, String> query, Optional<RequestBody> body) {
        var url = HttpUrl.get(api).newBuilder().addPathSegments(path.substring(1));
        query.forEach(url::addQueryParameter);
        if (!team.isEmpty()) {
            url.addQueryParameter(team.startsWith("team_") ? "teamId" : "slug", team);
        }
        var request =
                new Request.Builder()
                        .url(url.build())
                        .header("Authorization", "Bearer " + secret().reveal());
        body.ifPresent(request::post);
        try (Response response = http.newCall(request.build()).execute()) {
            return new Answer(response.code(), json(response.body().string()));
        } catch (IOException e) {
            throw ProblemException.unseen(
                    Problem.of(
                            Phrase.of("Vercel gave no answer: {0}", Cause.of(e)),
                            Phrase.of(
                                    "see https://www.vercel-status.com and this machine's line")));
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException _) { // then the status alone speaks
            return JSON.createObjectNode();
        }
    }

    private Secret secret() {
        return secrets.of(token)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("the token of Vercel is not there: {0}", token),
                                Phrase.of(
                                        "set it where the bot and this command are started, as"
                                                + " bot/README.md says; then ask again")));
    }
}
