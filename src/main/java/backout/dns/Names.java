package backout.dns;

import backout.language.Phrase;
import backout.problem.Problem;

import java.util.Locale;

/** How names are written by those who write them below a zone and without the dot at their end. */
final class Names {
    private Names() {}

    static String bare(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** {@code @} and what stands below a zone, in full. */
    static String full(String below, String zone) {
        return below.equals("@") ? zone : (below + "." + zone).toLowerCase(Locale.ROOT);
    }

    /**
     * @param apex what the zone itself is called
     */
    static String below(String name, String zone, String apex) {
        return name.equals(zone) ? apex : name.substring(0, name.length() - zone.length() - 1);
    }

    /** A value without the dot that zone files have. */
    static String content(RecordSet set, String value) {
        return set.type().equals("CNAME") ? bare(value) : value;
    }

    /**
     * Of a key that has two parts.
     *
     * @param at where it was found
     */
    static String[] pair(Vendor vendor, String secret, String at) {
        String[] pair = secret.strip().split(":", 2);
        if (pair.length < 2) {
            throw Problem.stop(
                    Phrase.of("{0} holds no key of {1}", at, vendor.name()),
                    Phrase.of("write ID:SECRET there, as its console shows them"));
        }
        return pair;
    }
}
