package backout.dns;

import backout.language.Phrase;
import backout.run.Script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The same update with nsupdate; the key stays in the variable, and is no argument of anything. */
final class ShellUpdate {
    private ShellUpdate() {}

    static Script of(Rfc2136 zone, Records before, Records after) {
        return new Script(
                List.of(
                        "command -v nsupdate >/dev/null || stop 'nsupdate is needed'",
                        "[ -n \"${DNS_KEY:-}\" ] || stop 'set DNS_KEY to the key in base64'",
                        head(zone)),
                lines(before, after),
                lines(after, before),
                List.of(
                        Phrase.of(
                                "it needs the key of the zone: set DNS_KEY to its base64;"
                                        + " afterwards ask each name server what it answers")));
    }

    private static String head(Rfc2136 zone) {
        return "dns_update() { { printf 'server %s %s\\nzone %s\\nkey %s %s\\n' "
                + String.join(
                        " ",
                        zone.primary().at().host(),
                        Integer.toString(zone.primary().at().port()),
                        zone.zone(),
                        zone.key().algorithm() + ":" + zone.key().name())
                + " \"$DNS_KEY\"; cat; echo send; } | nsupdate -v; }";
    }

    private static List<String> lines(Records before, Records after) {
        var lines = new ArrayList<String>();
        lines.add("dns_update <<'END'");
        before.sets().stream()
                .map(RecordSet::name)
                .distinct()
                .forEach(name -> {
                    for (String type : RecordSet.TYPES) {
                        lines.addAll(demanded(name, type, before.set(name, type)));
                    }
                });
        List<Records.Change> changes = before.changes(after);
        changes.forEach(one -> lines.add("update delete " + one.name() + " " + one.type()));
        changes.forEach(one ->
                one.after().stream()
                        .flatMap(set -> set.lines().stream())
                        .forEach(line -> lines.add("update add " + line)));
        lines.add("END");
        return lines;
    }

    private static List<String> demanded(String name, String type, Optional<RecordSet> set) {
        return set.map(one ->
                        one.values().stream()
                                .map(value -> "prereq yxrrset " + one.key() + " " + value)
                                .toList())
                .orElse(List.of("prereq nxrrset " + name + " " + type));
    }
}
