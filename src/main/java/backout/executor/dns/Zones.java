package backout.executor.dns;

import backout.dns.AliDns;
import backout.dns.Cloudflare;
import backout.dns.CloudflareApi;
import backout.dns.DnsPod;
import backout.dns.NameServer;
import backout.dns.OneByOne;
import backout.dns.Provider;
import backout.dns.Rfc2136;
import backout.dns.VercelDns;
import backout.host.Host;
import backout.plan.Secrets;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Those who keep zones.
 *
 * @param here the bot's own machine, where programs run
 */
record Zones(Secrets secrets, Host here, InstantSource clock) {
    static final String RFC_2136 = "rfc2136";
    static final String CLOUDFLARE = "cloudflare";
    static final String ALIDNS = "alidns";
    static final String DNSPOD = "dnspod";
    static final String VERCEL = "vercel";
    static final String PROGRAM = "program";
    static final List<String> ALL = List.of(RFC_2136, CLOUDFLARE, ALIDNS, DNSPOD, VERCEL, PROGRAM);

    /**
     * @param said what {@link Site#said} holds; empty text for what it does not
     */
    Provider of(UnaryOperator<String> said) {
        String zone = said.apply("zone");
        String key = said.apply("key");
        return switch (said.apply("provider")) {
            case CLOUDFLARE ->
                    new Cloudflare(
                            zone, new CloudflareApi(base(said, CloudflareApi.BASE), key, secrets));
            case ALIDNS -> {
                var api = new AliDns(zone, base(said, AliDns.BASE), key, secrets, clock);
                yield new OneByOne(api, leastTtl(said, AliDns.LEAST_TTL));
            }
            case DNSPOD -> {
                var api = new DnsPod(zone, base(said, DnsPod.BASE), key, secrets, clock);
                yield new OneByOne(api, leastTtl(said, DnsPod.LEAST_TTL));
            }
            case VERCEL -> {
                URI base = base(said, VercelDns.BASE);
                var api = new VercelDns(zone, base, said.apply("team"), key, secrets);
                yield new OneByOne(api, leastTtl(said, VercelDns.LEAST_TTL));
            }
            case PROGRAM ->
                    new ProgramZone(
                            zone,
                            List.of(said.apply("program").split("\n", -1)),
                            key,
                            secrets,
                            here,
                            leastTtl(said, 1));
            default ->
                    new Rfc2136(
                            zone,
                            NameServer.of(said.apply("update"), true),
                            new Rfc2136.Key(
                                    said.apply("key-name"), said.apply("key-algorithm"), key),
                            secrets);
        };
    }

    private static URI base(UnaryOperator<String> said, URI otherwise) {
        String api = said.apply("api");
        return api.isEmpty() ? otherwise : URI.create(api);
    }

    private static long leastTtl(UnaryOperator<String> said, long otherwise) {
        String least = said.apply("least-ttl");
        return least.isEmpty() ? otherwise : Long.parseLong(least);
    }
}
