package backout.executor.vercel;

import backout.host.Command;
import backout.language.Phrase;
import backout.plan.Step;
import backout.run.Script;

import java.util.List;

/** The same calls with curl; the token stays in the variable, and is no argument of anything. */
final class ShellAliases {
    private ShellAliases() {}

    static Script of(Step step) {
        String api = step.need("api").replaceAll("/$", "");
        String team = team(step.need("team"));
        String project = api + "/v9/projects/" + step.need("project") + team;
        return new Script(
                List.of(
                        "command -v curl >/dev/null || stop 'curl is needed'",
                        "[ -n \"${VERCEL_TOKEN:-}\" ] || stop 'set VERCEL_TOKEN, and export it'",
                        "vercel_api() { printf 'header = \"Authorization: Bearer %s\"\\n'"
                            + " \"$VERCEL_TOKEN\" | curl --config - --fail --silent --show-error"
                            + " --max-time 20 \"$@\"; }",
                        "vercel_job() { vercel_api "
                                + quoted(project)
                                + " | tr -d ' \\n' | grep -o '\"lastAliasRequest\":{[^}]*}'; }",
                        "vercel_await() { n=0; until vercel_job | grep"
                                + " \"\\\"toDeploymentId\\\":\\\"$1\\\"\" | grep -q"
                                + " '\"jobStatus\":\"succeeded\"'; do n=$((n + 1)); [ $n -lt 180 ]"
                                + " || stop 'Vercel has not ended it: see its domains'; sleep 1;"
                                + " done; }"),
                asked(step, api, team, "/v1/projects/", "/rollback/", step.to()),
                step.need("auto-assign").equals("no")
                        ? asked(step, api, team, "/v1/projects/", "/rollback/", step.from())
                        : asked(step, api, team, "/v10/projects/", "/promote/", step.from()),
                List.of(
                        Phrase.of(
                                "it needs the token of Vercel: export VERCEL_TOKEN=…; afterwards"
                                        + " look at each domain of the project")));
    }

    private static List<String> asked(
            Step step, String api, String team, String before, String verb, String deployment) {
        String url = api + before + step.need("project") + verb + deployment + team;
        return List.of(
                "vercel_api --request POST --header 'Content-Type: application/json' --data '{}' "
                        + quoted(url)
                        + " >/dev/null",
                "vercel_await " + quoted(deployment));
    }

    private static String team(String team) {
        if (team.isEmpty()) {
            return "";
        }
        return (team.startsWith("team_") ? "?teamId=" : "?slug=") + team;
    }

    private static String quoted(String word) {
        return Command.typed(List.of(word));
    }
}
