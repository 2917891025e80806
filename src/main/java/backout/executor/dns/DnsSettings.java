package backout.executor.dns;

import backout.plan.ServiceSettings;
import backout.plan.Setting;
import backout.plan.Setting.Form;

import java.util.List;

/** The keys that a target of kind dns may have in {@code config/targets.yml}. */
final class DnsSettings {
    static final String STANDBY = "standby";

    static final List<Setting> ALL =
            List.of(
                    Setting.required("zone", Form.TEXT, "The zone that its names are in."),
                    Setting.of(
                            "names",
                            Form.TEXTS,
                            "@, www",
                            "The names that lead people to it: @ is the zone's own, * its"
                                    + " wildcard."),
                    Setting.required(
                            STANDBY,
                            Form.TEXTS,
                            "The addresses of the standby; names get those of IPv4 and of IPv6 and"
                                    + " nothing else."),
                    Setting.of(
                            "compose",
                            Form.TEXT,
                            "",
                            "The folder of the standby's compose project on host:, which is started"
                                    + " before anybody is led there; without it it must run"
                                    + " already."),
                    Setting.of(
                            "ttl",
                            Form.WAIT,
                            "60s",
                            "How long anybody may keep the answers that lead to the standby."),
                    Setting.required(
                            "servers",
                            Form.TEXTS,
                            "The name servers of the zone, all of them: HOST or HOST:PORT."),
                    Setting.of(
                            "resolvers",
                            Form.TEXTS,
                            "223.5.5.5, 119.29.29.29, 1.1.1.1, 8.8.8.8",
                            "Public resolvers that are watched while they learn of it."),
                    Setting.choice(
                            "provider",
                            Zones.ALL,
                            Zones.RFC_2136,
                            "Who keeps the zone: a server that takes updates signed with TSIG,"
                                    + " Cloudflare, AliDNS, DNSPod, Vercel, or whoever a program of"
                                    + " yours asks."),
                    Setting.of(
                            "update",
                            Form.TEXT,
                            "",
                            "Of rfc2136: the one server that takes updates; without it the first"
                                    + " of servers."),
                    Setting.of(
                            "key-name",
                            Form.TEXT,
                            "backout",
                            "Of rfc2136: what that server calls the key."),
                    Setting.choice(
                            "key-algorithm",
                            List.of("hmac-sha256", "hmac-sha512", "hmac-sha384", "hmac-sha1"),
                            "hmac-sha256",
                            "Of rfc2136: what the key is for."),
                    Setting.required(
                            "key",
                            Form.SECRET,
                            "What may change the zone: of rfc2136 the key in base64, of cloudflare"
                                    + " and vercel an API token, of alidns and dnspod ID:SECRET; a"
                                    + " program gets it in DNS_KEY."),
                    Setting.of(
                            "api",
                            Form.URL,
                            "",
                            "Where the provider's API is; another for trials only."),
                    Setting.of(
                            "team",
                            Form.TEXT,
                            "",
                            "Of vercel: the id or slug of the team that owns the zone."),
                    Setting.of(
                            "program",
                            Form.TEXTS,
                            "",
                            "Of program: what is run on the bot's own machine, with its arguments;"
                                    + " read ZONE and change ZONE come behind."),
                    Setting.of(
                            "least-ttl",
                            Form.WAIT,
                            "",
                            "The shortest time for answers that the plan of the zone allows;"
                                    + " without it 600s at alidns and dnspod."),
                    Setting.of(
                            "most-of-zone",
                            Form.NUMBER,
                            "30",
                            "How many percent of the zone's sets of records a plan may change;"
                                    + " zones of fewer than 10 have no such limit."),
                    Setting.choice(
                            "standby-watch.when",
                            List.of("switched", "always", "never"),
                            "switched",
                            "When it is looked whether the standby, and where the names led before,"
                                    + " would serve: after they were led elsewhere, or always."),
                    Setting.of(
                            "standby-watch.every", Form.WAIT, "6h", "How often that is looked at."),
                    Setting.of(
                            "standby-watch.for",
                            Form.WAIT,
                            "14d",
                            "How long after the names were led elsewhere."),
                    Setting.of(
                            "standby-watch.alone",
                            Form.TEXTS,
                            "",
                            "Services of the standby's project, such as workers and cron jobs, that"
                                    + " must not run there while the names lead elsewhere."),
                    Setting.of(
                            "standby-watch.data",
                            Form.TEXT,
                            "",
                            "A folder on the standby's host whose newest file may not be older than"
                                    + " data-age."),
                    Setting.of(
                            "standby-watch.data-age",
                            Form.WAIT,
                            "24h",
                            "How old that file may be."),
                    Setting.required(
                            "url", Form.URL, "Its address, which people use and probes ask."),
                    ServiceSettings.VERSION,
                    Setting.of(
                            "known-good",
                            Form.TEXT,
                            STANDBY,
                            "Where it is led when nobody names a place: standby, or an address that"
                                    + " it led to before."),
                    ServiceSettings.SECRETS,
                    ServiceSettings.HIDE_LOG);

    private DnsSettings() {}
}
