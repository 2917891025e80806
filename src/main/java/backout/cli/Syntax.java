package backout.cli;

import backout.language.Language;
import backout.language.Phrase;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parts that {@link Usage} is made of: how options and parameters are declared. */
final class Syntax {
    private static final Set<String> FILES = Set.of("DIR", "FILE|DIR", "BACKUP");

    private static final Map<String, Names> NAMES =
            Map.of(
                    "TARGET", Names.TARGETS,
                    "PERSON", Names.PEOPLE,
                    "HOST", Names.HOSTS,
                    "\"COMMAND\"", Names.WORDS);

    private final Language language;

    Syntax(Language language) {
        this.language = language;
    }

    /** What the library would format is text already. */
    String say(Phrase phrase) {
        return language.say(phrase).replace("%", "%%");
    }

    /** A sub-command with the options that every one has. */
    CommandSpec command(Phrase says) {
        var command = CommandSpec.create();
        command.usageMessage().description(say(says));
        common(command);
        return command;
    }

    void common(CommandSpec command) {
        command.usageMessage()
                .synopsisHeading(say(Phrase.of("Usage: ")))
                .commandListHeading(say(Phrase.of("Commands:")) + "%n");
        command.addOption(
                value("--config", "DIR", Phrase.of("What is where: targets, people, policies.")));
        command.addOption(value("--commands", "DIR", Phrase.of("What can be said.")));
        command.addOption(flag("--help", Phrase.of("Prints this and does nothing.")));
    }

    OptionSpec value(String name, String label, Phrase says) {
        return option(name, label, says).build();
    }

    /** Said as often as there is something to say. */
    OptionSpec values(String name, String label, Phrase says) {
        return option(name, label, says)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .build();
    }

    OptionSpec person() {
        return option(
                        Usage.AS,
                        "PERSON",
                        Phrase.of("Who says it, as config/people.yml names them."))
                .required(true)
                .build();
    }

    private OptionSpec.Builder option(String name, String label, Phrase says) {
        var option =
                OptionSpec.builder(name).paramLabel(label).type(type(label)).description(say(says));
        names(label).ifPresent(option::completionCandidates);
        return option;
    }

    OptionSpec flag(String name, Phrase says) {
        return OptionSpec.builder(name).type(boolean.class).description(say(says)).build();
    }

    PositionalParamSpec one(String label, int index, boolean needed, Phrase says) {
        var one = positional(label, says).arity(needed ? "1" : "0..1").required(needed);
        // one whose place is given is missed before options are, and they are not told with it
        return (index == 0 ? one : one.index(Integer.toString(index))).build();
    }

    /** One of these words. */
    PositionalParamSpec choice(String label, List<String> words, Phrase says) {
        return positional(label, says).completionCandidates(words).build();
    }

    PositionalParamSpec words(String label, Phrase says) {
        return positional(label, says)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1..*")
                .build();
    }

    private PositionalParamSpec.Builder positional(String label, Phrase says) {
        var positional =
                PositionalParamSpec.builder()
                        .paramLabel(label)
                        .type(type(label))
                        .arity("1")
                        .required(true)
                        .description(say(says));
        names(label).ifPresent(positional::completionCandidates);
        return positional;
    }

    /** The label says what a shell can complete there. */
    private static Class<?> type(String label) {
        return FILES.contains(label) ? File.class : String.class;
    }

    private static Optional<List<String>> names(String label) {
        return Optional.ofNullable(NAMES.get(label)).map(Completion::later).map(List::of);
    }
}
