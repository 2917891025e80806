package backout.command;

import backout.language.Phrase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may follow a command, in one line: {@code [TARGET] [to RELEASE] [with its files] [drain
 * 0s|3s|10s] [because REASON...]}. Upper case is a value, lower case is typed as it stands,
 * brackets may be left out, bars list the only values, three dots take the rest of the line.
 * Clauses that begin with a word may come in any order, and so may the one value and the one choice
 * that no word introduces: what is among the choices is the choice.
 */
public record Grammar(String text, List<Clause> clauses) {
    /**
     * @param lead the words that introduce it; empty for a bare value
     * @param value the name of what follows, in lower case; empty for a mere flag
     * @param choices the only values allowed; empty when any is
     */
    public record Clause(
            List<String> lead, String value, List<String> choices, boolean optional, boolean rest) {
        public Clause {
            lead = List.copyOf(lead);
            choices = List.copyOf(choices);
        }

        private boolean isBareValue() {
            return lead.isEmpty() && choices.isEmpty();
        }

        /**
         * The key of its value in an invocation: the value's name; its words joined by hyphens for
         * a flag and for a choice; {@code choice} for a choice that no word introduces.
         */
        public String key() {
            return lead.isEmpty() || (!value.isEmpty() && choices.isEmpty())
                    ? value
                    : String.join("-", lead);
        }
    }

    /** A text that is no grammar. */
    public static final class Unreadable extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final transient Phrase why;

        Unreadable(Phrase why) {
            super(why.toString());
            this.why = why;
        }

        public Phrase why() {
            return why;
        }
    }

    private static final Pattern CLAUSE = Pattern.compile("\\[([^\\[\\]]+)]|(\\S+)");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z-]*");
    private static final Pattern VALUE = Pattern.compile("([A-Z][A-Z-]*)(\\.\\.\\.)?");
    private static final Pattern CHOICES = Pattern.compile("[a-z0-9.-]+(\\|[a-z0-9.-]+)+");

    public Grammar {
        clauses = List.copyOf(clauses);
    }

    /**
     * @throws Unreadable saying which part cannot be read
     */
    public static Grammar of(String text) {
        var clauses = new ArrayList<Clause>();
        Matcher matcher = CLAUSE.matcher(text);
        while (matcher.find()) {
            boolean optional = matcher.group(1) != null;
            clauses.add(clause((optional ? matcher.group(1) : matcher.group(2)).strip(), optional));
        }
        refuseTwins(clauses);
        return new Grammar(text, clauses);
    }

    private static Clause clause(String text, boolean optional) {
        var words = List.of(text.split("\\s+"));
        int leading = (int) words.stream().takeWhile(WORD.asMatchPredicate()).count();
        var lead = words.subList(0, leading);
        if (!optional && leading > 0) {
            throw new Unreadable(
                    Phrase.of(
                            "\"{0}\": words that are typed as they stand belong into brackets",
                            text));
        }
        if (leading == words.size()) {
            return new Clause(lead, "", List.of(), optional, false);
        }
        if (leading + 1 < words.size()) {
            throw new Unreadable(Phrase.of("\"{0}\": nothing may follow the value", text));
        }
        return value(lead, words.getLast(), optional);
    }

    private static Clause value(List<String> lead, String word, boolean optional) {
        if (CHOICES.matcher(word).matches()) {
            String name = lead.isEmpty() ? "choice" : lead.getLast();
            return new Clause(lead, name, Arrays.asList(word.split("\\|")), optional, false);
        }
        Matcher value = VALUE.matcher(word);
        if (!value.matches()) {
            throw new Unreadable(Phrase.of("\"{0}\" is neither a word, a VALUE nor a|b", word));
        }
        String name = value.group(1).toLowerCase(Locale.ROOT);
        return new Clause(lead, name, List.of(), optional, value.group(2) != null);
    }

    /** What no reader could tell apart. */
    private static void refuseTwins(List<Clause> clauses) {
        var keys = new HashSet<String>();
        for (Clause clause : clauses) {
            if (!keys.add(clause.key())) {
                throw new Unreadable(Phrase.of("\"{0}\" is asked for twice", clause.key()));
            }
        }
        if (clauses.stream().filter(Clause::isBareValue).count() > 1) {
            throw new Unreadable(Phrase.of("only one value may stand without a word before it"));
        }
    }

    /** What no word introduces: choices first, because they know what they are. */
    public List<Clause> bare() {
        return clauses.stream()
                .filter(clause -> clause.lead().isEmpty())
                .sorted(Comparator.comparing(Clause::isBareValue))
                .toList();
    }
}
