package backout.executor.dns;

import backout.dns.NameServers.Said;
import backout.dns.RecordSet;
import backout.dns.Records;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Problem;
import backout.run.Findings;
import backout.run.Preflight;
import backout.run.SecretLook;

import java.util.List;
import java.util.OptionalInt;

/** What is tried before a plan is one. */
record Looks(Secrets secrets) {
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
                        Looks::fate,
                        Looks::proxied,
                        this::serves));
    }

    /** The same where names stay where they lead. */
    Preflight<Prospect> ofTimes() {
        return new Preflight<>(List.of(Looks::permitted, Looks::share, Looks::agreed));
    }

    private static Findings permitted(Prospect prospect) {
        var provider = prospect.site().provider();
        provider.rehearse(prospect.now(), prospect.after());
        List<String> early =
                prospect.chosen().stream()
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
                                Phrase.of(
                                        "set ttl: to {0}s or more, or say to {0}s",
                                        provider.leastTtl())));
    }

    /** As a plan that changes half of a zone is most likely a wrong one. */
    private static Findings share(Prospect prospect) {
        OptionalInt size = prospect.site().provider().size();
        if (size.isEmpty()) {
            return Findings.amber(
                    Phrase.of(
                            "nobody knows how much of the zone that is: the key may not read it"));
        }
        int after = size.getAsInt() - prospect.now().sets().size() + prospect.after().sets().size();
        long most = prospect.site().target().settings().number("most-of-zone");
        int sets = Math.max(size.getAsInt(), after); // so that the way back is as free as the way
        long percent = prospect.changes().size() * 100L / Math.max(1, sets);
        return sets < LEAST_SETS || percent <= most
                ? Findings.fine()
                : Findings.red(
                        Problem.of(
                                Phrase.of(
                                        "the plan changes {0} % of the zone's {1} sets of records,"
                                                + " more than {2} %",
                                        percent, sets, most),
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
        return said.agrees(now.or(said.records()))
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "the name server {0} answers otherwise than the zone is kept now",
                                said.server()));
    }

    private static Findings kept(Prospect prospect) {
        long kept = prospect.site().kept(prospect.now(), prospect.after());
        return kept <= LONG
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "people may be led to the former place for up to {0} min more: the"
                                        + " time that answers are kept was not lowered beforehand",
                                kept / 60));
    }

    /**
     * By its own checks, at its own address, before anybody is led there. A standby that the plan
     * starts first is proven when it was.
     */
    private Findings serves(Prospect prospect) {
        var findings = Findings.fine();
        for (String address : prospect.after().addresses()) {
            var place =
                    new Place(
                            address,
                            prospect.site().names(),
                            prospect.site().target().settings(),
                            secrets);
            Findings one = place.serves(prospect.checks());
            findings = findings.and(isOutOfSight(address, one) ? told(one) : one);
        }
        return prospect.starts() ? told(findings) : findings;
    }

    /** Many machines have no way to IPv6: then those of IPv4 must do. */
    private static boolean isOutOfSight(String address, Findings findings) {
        return address.contains(":") && findings.blind();
    }

    private static Findings told(Findings findings) {
        return Findings.amber(findings.red().stream().map(Problem::what).toArray(Phrase[]::new));
    }

    /** Whoever flees from a vendor should not need it for that. */
    private static Findings fate(Prospect prospect) {
        String zone = prospect.site().zone();
        List<String> hosts = prospect.site().servers().servers().getFirst().hosts(zone);
        List<String> shared =
                hosts.stream()
                        .filter(host ->
                                host.contains(".vercel-dns")
                                        || prospect.now().isServedBy(vendor(host), zone))
                        .toList();
        return shared.isEmpty()
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "THE PLAN DEPENDS ON WHAT IT FLEES FROM: {0} belong to the vendor"
                                        + " that serves it now; while that is down this cannot be"
                                        + " done, and its registrar takes hours to name others",
                                Phrase.list(shared)));
    }

    private static String vendor(String host) {
        String[] labels = host.split("\\.");
        int count = labels.length;
        return count < 2 ? host : labels[count - 2] + "." + labels[count - 1] + ".";
    }

    /** What answers in their stead has one address for both places. */
    private static Findings proxied(Prospect prospect) {
        List<String> proxied =
                prospect.after().sets().stream()
                        .filter(RecordSet::proxied)
                        .map(RecordSet::name)
                        .distinct()
                        .toList();
        return proxied.isEmpty()
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "{0}: proxied, so no name server tells the places apart; a check"
                                        + " that only this place answers well does",
                                Phrase.list(proxied)));
    }
}
