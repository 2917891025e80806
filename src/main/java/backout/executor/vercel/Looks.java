package backout.executor.vercel;

import backout.check.Check;
import backout.check.Subject;
import backout.http.Http;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.run.Findings;
import backout.run.Preflight;
import backout.run.SecretLook;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is tried before a plan is one. */
record Looks(Secrets secrets, OkHttpClient http) {
    private static final String BYPASS = "x-vercel-protection-bypass";

    Looks(Secrets secrets) {
        this(secrets, Http.client());
    }

    Preflight<Prospect> all() {
        return new Preflight<>(
                List.of(
                        Looks::idle,
                        prospect ->
                                new SecretLook(secrets)
                                        .ofChecks(prospect.target(), prospect.checks()),
                        this::serves,
                        Looks::pinned,
                        Looks::astray));
    }

    /** Vercel does one such job at a time. */
    private static Findings idle(Prospect prospect) {
        return prospect.project().open().stream()
                .map(job ->
                        Findings.red(
                                Problem.of(
                                        Phrase.of(
                                                "Vercel moves the domains just now: {0} to {1},"
                                                        + " {2}",
                                                job.type(), job.to(), job.status()),
                                        Phrase.of("wait until that is over, then ask again"))))
                .findFirst()
                .orElseGet(Findings::fine);
    }

    /** Its own address, before anybody is led there: what its checks will ask must be there. */
    private Findings serves(Prospect prospect) {
        String domain = domain(prospect);
        var findings = Findings.fine();
        List<String> paths =
                Check.filled(prospect.checks()).stream()
                        .map(Check::subject)
                        .filter(Subject.Http.class::isInstance)
                        .map(Subject.Http.class::cast)
                        .filter(asked -> asked.method().equals("GET") && asked.secret().isEmpty())
                        .map(Subject.Http::url)
                        .filter(url -> url.startsWith(domain))
                        .map(url -> url.substring(domain.length()))
                        .distinct()
                        .toList();
        for (String path : paths) {
            findings = findings.and(served(prospect, path));
        }
        return findings;
    }

    private static String domain(Prospect prospect) {
        return prospect.target()
                .settings()
                .url("url")
                .orElseThrow()
                .toString()
                .replaceAll("/$", "");
    }

    private Findings served(Prospect prospect, String path) {
        String asked = prospect.choice().source() + path;
        var request = new Request.Builder().url(asked).header("Cache-Control", "no-cache");
        prospect.target()
                .settings()
                .textIfAny("bypass")
                .flatMap(secrets::of)
                .ifPresent(secret -> request.header(BYPASS, secret.reveal()));
        try (Response response = http.newCall(request.build()).execute()) {
            return judged(asked, response.code());
        } catch (IOException e) {
            return Findings.amber(
                    Phrase.of("{0} could not be looked at beforehand: {1}", asked, Cause.of(e)));
        }
    }

    private static Findings judged(String asked, int status) {
        if (status == 401 || status == 403) {
            return Findings.amber(
                    Phrase.of(
                            "{0} is protected ({1}), so it was not looked at beforehand: name a"
                                    + " secret below bypass:",
                            asked, status));
        }
        return status < 400
                ? Findings.fine()
                : Findings.red(
                        Problem.of(
                                Phrase.of("{0} answers {1}: it is unwell itself", asked, status),
                                Phrase.of(
                                        "name another release; variables that it was built with"
                                                + " may have been changed since")));
    }

    private static Findings pinned(Prospect prospect) {
        return prospect.project()
                .autoAssign()
                .map(auto ->
                        Findings.amber(
                                auto
                                        ? Phrase.of(
                                                "from then on new deployments do not go live by"
                                                        + " themselves, until one is promoted or"
                                                        + " this is undone")
                                        : Phrase.of(
                                                "it is pinned already: new deployments do not go"
                                                        + " live by themselves")))
                .orElseGet(() ->
                        Findings.amber(
                                Phrase.of(
                                        "Vercel does not say whether new deployments go live by"
                                                + " themselves")));
    }

    /** Left by a change that went half way. */
    private static Findings astray(Prospect prospect) {
        var astray = new ArrayList<String>();
        prospect.domains()
                .forEach((name, at) -> {
                    if (!at.equals(prospect.current())) {
                        astray.add(name);
                    }
                });
        return astray.isEmpty()
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "these lead to another deployment now, and go along: {0}",
                                Phrase.list(astray)));
    }
}
