package backout.dns;

import backout.language.Phrase;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * All records of one name and type.
 *
 * @param name in full, lower case, with the dot at its end: {@code www.vidfab.ai.}
 * @param type one of {@link #TYPES}
 * @param ttl in seconds
 * @param values as zone files have them, sorted; at least one
 * @param proxied whether the provider answers with addresses of its own and asks these itself
 */
public record RecordSet(String name, String type, long ttl, List<String> values, boolean proxied) {
    /** Those that lead people to a service; no others are ever changed. */
    public static final List<String> TYPES = List.of("A", "AAAA", "CNAME", "HTTPS");

    private static final String PROXIED = "proxied";

    public RecordSet {
        if (!TYPES.contains(type) || values.isEmpty() || !name.endsWith(".")) {
            throw new IllegalArgumentException("no set of records: " + name + " " + type);
        }
        name = name.toLowerCase(Locale.ROOT);
        values = values.stream().sorted().toList();
    }

    public RecordSet(String name, String type, long ttl, List<String> values) {
        this(name, type, ttl, values, false);
    }

    /**
     * A value in the one form in which it is compared: some leave the dot of a name out, write
     * addresses of IPv6 short, or put what an HTTPS record says in quotes.
     */
    public static String written(String type, String content) {
        return switch (type) {
            case "CNAME" -> content.endsWith(".") ? content : content + ".";
            case "AAAA" -> InetAddress.ofLiteral(content).getHostAddress();
            case "HTTPS" -> https(content);
            default -> content;
        };
    }

    private static String https(String content) {
        try {
            return Record.fromString(Name.root, Type.HTTPS, DClass.IN, 0, content, Name.root)
                    .rdataToString();
        } catch (IOException _) { // told as it is written
            return content;
        }
    }

    /** What tells it from other sets. */
    public String key() {
        return name + " " + type;
    }

    /** Where it leads people; how long that is kept and who asks in between is no part of it. */
    String leads() {
        return key() + " " + String.join(" ", values);
    }

    /** Whether it leads to the same. */
    public boolean leadsAs(RecordSet other) {
        return leads().equals(other.leads());
    }

    /** The same, kept for another time; in seconds. */
    public RecordSet lasting(long time) {
        return new RecordSet(name, type, time, values, proxied);
    }

    RecordSet withValues(List<String> others) {
        return new RecordSet(name, type, ttl, others, proxied);
    }

    /** A line for each record, as {@link Records#parse} reads them. */
    public List<String> lines() {
        String tail = proxied ? " ; " + PROXIED : "";
        return values.stream()
                .map(value -> name + " " + ttl + " " + type + " " + value + tail)
                .toList();
    }

    /** One line of {@link #lines}. */
    static RecordSet parse(String line) {
        boolean proxied = line.endsWith(" ; " + PROXIED);
        String record = proxied ? line.substring(0, line.lastIndexOf(" ; ")) : line;
        String[] words = record.split(" ", 4);
        return new RecordSet(
                words[0], words[2], Long.parseLong(words[1]), List.of(words[3]), proxied);
    }

    /** Its values and how long they are kept, for people. */
    Phrase shown() {
        String told = type + " " + String.join(", ", values);
        return proxied ? Phrase.of("{0} (proxied)", told) : Phrase.of("{0} ({1} s)", told, ttl);
    }
}
