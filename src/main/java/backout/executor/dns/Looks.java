package backout.executor.dns;

import backout.check.Check;
import backout.check.Reading;
import backout.check.Subject;
import backout.check.Verdict;
import backout.dns.NameServers.Said;
import backout.dns.Records;
import backout.http.Http;
import backout.http.HttpProbe;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Problem;
import backout.run.Findings;
import backout.run.Preflight;
import backout.run.SecretLook;

import okhttp3.OkHttpClient;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is tried before a plan is one. */
record Looks(Secrets secrets) {
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final int LEAST_SETS = 10;
    private static final long LONG = 600;

    Preflight<Prospect> all() {
        return new Preflight<>(
                List.of(
                        Looks::permitted,
                        prospect ->
                                new SecretLook(secrets)
                                        .ofChecks(prospect.site().target(), prospect.checks()),
                        Looks::share,
                        Looks::agreed,
                        Looks::kept,
                        this::serves));
    }

    private static Findings permitted(Prospect prospect) {
        var provider = prospect.site().provider();
        provider.rehearse(prospect.now(), prospect.after());
        List<String> early =
                prospect.after().sets().stream()
                        .filter(set -> !set.proxied() && set.ttl() < provider.leastTtl())
                        .map(one -> one.key() + " " + one.ttl())
                        .toList();
        return early.isEmpty()
                ? Findings.fine()
                : Findings.red(
                        Problem.of(
                                Phrase.of(
                                        "whoever keeps the zone takes no time below {0} s: {1}",
                                        provider.leastTtl(), Phrase.list(early)),
                                Phrase.of("set ttl: to {0}s or more", provider.leastTtl())));
    }

    /** As a plan that changes half of a zone is most likely a wrong one. */
    private static Findings share(Prospect prospect) {
        OptionalInt size = prospect.site().provider().size();
        if (size.isEmpty()) {
            return Findings.amber(
                    Phrase.of(
                            "nobody knows how much of the zone that is: the key may not read it"));
        }
        long most = prospect.site().target().settings().number("most-of-zone");
        long percent = prospect.changes().size() * 100L / Math.max(1, size.getAsInt());
        return size.getAsInt() < LEAST_SETS || percent <= most
                ? Findings.fine()
                : Findings.red(
                        Problem.of(
                                Phrase.of(
                                        "the plan changes {0} % of the zone's {1} sets of records,"
                                                + " more than {2} %",
                                        percent, size.getAsInt(), most),
                                Phrase.of("see names:, or raise most-of-zone:")));
    }

    /** Whoever differs now has not taken an earlier change: it would not take this one. */
    private static Findings agreed(Prospect prospect) {
        var findings = Findings.fine();
        for (Said said : prospect.site().servers().read(prospect.site().names())) {
            findings = findings.and(agreed(said, prospect.now()));
        }
        return findings;
    }

    private static Findings agreed(Said said, Records now) {
        if (!said.isKnown()) {
            return Findings.amber(said.problem().getFirst().what());
        }
        return said.agrees(now)
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "the name server {0} answers otherwise than the zone is kept now",
                                said.server()));
    }

    private static Findings kept(Prospect prospect) {
        long kept = RecordMove.kept(prospect.now(), prospect.after());
        return kept <= LONG
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "people may be led to the former place for up to {0} min more: the"
                                        + " time that answers are kept was not lowered beforehand",
                                kept / 60));
    }

    /** By its own checks, at its own address, before anybody is led there. */
    private Findings serves(Prospect prospect) {
        var findings = Findings.fine();
        for (String address : prospect.after().addresses()) {
            findings = findings.and(serves(prospect, address));
        }
        return findings;
    }

    private Findings serves(Prospect prospect, String address) {
        var settings = prospect.site().target().settings();
        URI url = settings.url("url").orElseThrow();
        OkHttpClient pinned =
                Http.client()
                        .newBuilder()
                        .dns(host ->
                                host.equals(url.getHost())
                                        ? List.of(InetAddress.ofLiteral(address))
                                        : okhttp3.Dns.SYSTEM.lookup(host))
                        .build();
        var probe = new HttpProbe(pinned, name -> secrets.named(settings, name));
        var findings = Findings.fine();
        for (Check check : Check.filled(prospect.checks())) {
            if (check.subject() instanceof Subject.Http
                    && check.severity() == Check.Severity.MUST) {
                Reading reading = probe.look(check.subject(), WITHIN);
                findings =
                        findings.and(
                                judged(check, address, check.judge(reading, Optional.empty())));
            }
        }
        return findings;
    }

    private static Findings judged(Check check, String address, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Well _ -> Findings.fine();
            case Verdict.Unwell(var seen, var wanted, _) ->
                    Findings.red(
                            Problem.of(
                                    Phrase.of(
                                            "{0} is unwell itself: {1}: {2}, wanted {3}",
                                            address, check.shown(), seen, wanted),
                                    Phrase.of("mend that place first; nobody is led there now")));
            case Verdict.Unknown(var why) ->
                    Findings.blind(
                            List.of(
                                    Problem.of(
                                            Phrase.of(
                                                    "nobody knows whether {0} is well: {1}: {2}",
                                                    address, check.shown(), why),
                                            Phrase.of("ask again"))));
        };
    }
}
