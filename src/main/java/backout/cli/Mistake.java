package backout.cli;

import backout.language.Phrase;
import backout.problem.Shown;

import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;

import java.util.List;
import java.util.stream.Collectors;

/** Arguments that the library does not take, to be told in other languages than its own too. */
final class Mistake {
    private Mistake() {}

    /** In the library's own English where it says something else than is known here. */
    static Phrase of(ParameterException e, List<String> arguments) {
        return switch (e) {
            case OverwrittenOptionException twice ->
                    Phrase.of(
                            "option {0} should be specified only once",
                            named(twice.getOverwritten()));
            case MissingParameterException missing when missing.getMissing().size() > 1 ->
                    Phrase.of(
                            "Missing required options and parameters: {0}",
                            missing.getMissing().stream()
                                    .map(Mistake::form)
                                    .collect(Collectors.joining(", ")));
            case MissingParameterException missing
                    when missing.getMissing().getFirst() instanceof OptionSpec option ->
                    missing(option, arguments);
            case MissingParameterException missing ->
                    Phrase.of(
                            "Missing required parameter: {0}",
                            form(missing.getMissing().getFirst()));
            default -> Phrase.verbatim(Shown.of(String.valueOf(e.getMessage())));
        };
    }

    /** The library throws the same when an option is not there as when its value is not. */
    private static Phrase missing(OptionSpec option, List<String> arguments) {
        var before = arguments.stream().takeWhile(word -> !word.equals("--")).toList();
        int there = before.lastIndexOf(option.longestName());
        if (there < 0) {
            return Phrase.of("Missing required option: {0}", form(option));
        }
        return there + 1 == arguments.size()
                ? Phrase.of("Missing required parameter for option {0}", named(option))
                : Phrase.of(
                        "Expected parameter for option {0} but found {1}",
                        quoted(option.longestName()), quoted(Shown.of(arguments.get(there + 1))));
    }

    private static String form(ArgSpec missing) {
        return missing instanceof OptionSpec option
                ? quoted(option.longestName() + "=" + option.paramLabel())
                : quoted(missing.paramLabel());
    }

    private static String named(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? quoted(option.longestName()) + " (" + option.paramLabel() + ")"
                : quoted(argument.paramLabel());
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}
