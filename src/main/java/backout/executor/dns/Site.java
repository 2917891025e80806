package backout.executor.dns;

import backout.dns.NameServers;
import backout.dns.Provider;
import backout.dns.RecordSet;
import backout.dns.Records;
import backout.language.Phrase;
import backout.plan.Target;
import backout.problem.Problem;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which names of which zone lead people to a target, and who answers for them. */
record Site(Target target, Zones zones) {
    /** In full, with the dot at its end. */
    String zone() {
        return full(target.settings().text("zone"), "");
    }

    private static String full(String name, String below) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower : lower + "." + below;
    }

    /**
     * In full, each once: {@code www}, {@code www.vidfab.ai} and {@code WWW.vidfab.ai.} are the
     * same.
     */
    List<String> names() {
        return target.settings().texts("names").stream().map(this::name).distinct().toList();
    }

    private String name(String text) {
        String zone = zone();
        String name = full(text, "");
        if (text.equals("@") || name.equals(zone)) {
            return zone;
        }
        return name.endsWith("." + zone) ? name : full(text.replaceAll("\\.$", ""), zone);
    }

    /** What a step keeps, to go on without the configuration. */
    Map<String, String> said() {
        var settings = target.settings();
        var said = new LinkedHashMap<String, String>();
        said.put("zone", zone());
        said.put("names", String.join("\n", names()));
        said.put("provider", settings.text("provider"));
        said.put(
                "update",
                settings.textIfAny("update").orElseGet(() -> settings.texts("servers").getFirst()));
        said.put("key-name", settings.text("key-name"));
        said.put("key-algorithm", settings.text("key-algorithm"));
        said.put("key", settings.text("key"));
        said.put("api", settings.url("api").map(URI::toString).orElse(""));
        said.put("team", settings.textIfAny("team").orElse(""));
        said.put("program", String.join("\n", settings.texts("program")));
        said.put(
                "least-ttl",
                settings.textIfAny("least-ttl")
                        .map(_ -> Long.toString(settings.duration("least-ttl").toSeconds()))
                        .orElse(""));
        return said;
    }

    Provider provider() {
        Map<String, String> said = said();
        return zones.of(key -> said.getOrDefault(key, ""));
    }

    NameServers servers() {
        return NameServers.of(target.settings().texts("servers"), true);
    }

    NameServers resolvers() {
        return NameServers.of(target.settings().texts("resolvers"), false);
    }

    /**
     * As the provider keeps them.
     *
     * @throws backout.problem.ProblemException when nobody could look, or a name leads nowhere
     */
    Records now() {
        Provider provider = provider();
        Records now = provider.read(names());
        List<String> nowhere = names().stream().filter(name -> !now.has(name)).toList();
        if (!nowhere.isEmpty() && !provider.leadsByItself()) {
            throw Problem.stop(
                    Phrase.of(
                            "these names of {0} have no record now: {1}",
                            zone(), Phrase.list(nowhere)),
                    target.file(),
                    Phrase.of("take them out of names:, or make their records first"));
        }
        return now;
    }

    /** How long anybody may go on being led to the former place, in seconds. */
    long kept(Records now, Records after) {
        Provider provider = provider();
        long ours =
                now.changes(after).stream()
                        .flatMap(change -> change.before().stream())
                        .mapToLong(provider::lasts)
                        .max()
                        .orElse(0);
        return names().stream().allMatch(now::has)
                ? ours
                : Math.max(
                        ours,
                        servers().read(names()).stream()
                                .mapToLong(one -> one.remaining(after))
                                .max()
                                .orElse(0));
    }

    /**
     * Where the names lead when they lead to the standby.
     *
     * @param now tells which of them are proxied, which they stay
     */
    Records standby(Records now) {
        long ttl = target.settings().duration("ttl").toSeconds();
        var sets = new ArrayList<RecordSet>();
        for (String name : names()) {
            boolean proxied =
                    now.sets().stream().anyMatch(set -> set.name().equals(name) && set.proxied());
            add(sets, name, "A", ttl, proxied);
            add(sets, name, "AAAA", ttl, proxied);
        }
        return new Records(sets);
    }

    private void add(List<RecordSet> sets, String name, String type, long ttl, boolean proxied) {
        List<String> addresses =
                target.settings().texts(DnsSettings.STANDBY).stream()
                        .map(this::address)
                        .filter(one -> one instanceof Inet4Address == type.equals("A"))
                        .map(InetAddress::getHostAddress)
                        .toList();
        if (!addresses.isEmpty()) {
            sets.add(new RecordSet(name, type, ttl, addresses, proxied));
        }
    }

    private InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            throw Problem.stop(
                    Phrase.of("{0} is no address of a standby", text),
                    target.file(),
                    Phrase.of("write addresses of IPv4 or IPv6 below standby:"));
        }
    }
}
