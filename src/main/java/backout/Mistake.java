package backout;

import backout.language.Phrase;
import backout.problem.Shown;

import picocli.CommandLine.ParameterException;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the library says of arguments that it does not take, to be said in other languages too. */
final class Mistake {
    private static final Pattern MISSING =
            Pattern.compile("Missing required (?:option|parameter): (.*)");
    private static final Pattern SEVERAL =
            Pattern.compile("Missing required options and parameters: (.*)");
    private static final Pattern NO_VALUE =
            Pattern.compile("Missing required parameter for option (.*)");
    private static final Pattern TWICE =
            Pattern.compile("option (.*) should be specified only once");
    private static final Pattern OTHER_VALUE =
            Pattern.compile("Expected parameter for option (.*) but found (.*)");

    private Mistake() {}

    /** In the library's own English where it says something else than is known here. */
    static Phrase of(ParameterException e) {
        String raw = String.valueOf(e.getMessage());
        Matcher several = SEVERAL.matcher(raw);
        if (several.matches()) {
            return Phrase.of(
                    "Missing required options and parameters: {0}", Shown.of(several.group(1)));
        }
        String said = Shown.of(raw);
        return Stream.of(missing(said), noValue(said), twice(said), otherValue(said))
                .flatMap(Optional::stream)
                .filter(phrase -> phrase.toString().equals(said))
                .findFirst()
                .orElse(Phrase.verbatim(said));
    }

    private static Optional<Phrase> missing(String said) {
        return matched(MISSING, said)
                .map(found ->
                        said.startsWith("Missing required parameter")
                                ? Phrase.of("Missing required parameter: {0}", found.group(1))
                                : Phrase.of("Missing required option: {0}", found.group(1)));
    }

    private static Optional<Phrase> noValue(String said) {
        return matched(NO_VALUE, said)
                .map(found ->
                        Phrase.of("Missing required parameter for option {0}", found.group(1)));
    }

    private static Optional<Phrase> twice(String said) {
        return matched(TWICE, said)
                .map(found ->
                        Phrase.of("option {0} should be specified only once", found.group(1)));
    }

    private static Optional<Phrase> otherValue(String said) {
        return matched(OTHER_VALUE, said)
                .map(found ->
                        Phrase.of(
                                "Expected parameter for option {0} but found {1}",
                                found.group(1), found.group(2)));
    }

    private static Optional<Matcher> matched(Pattern form, String said) {
        return Optional.of(form.matcher(said)).filter(Matcher::matches);
    }
}
