package backout.config;

import backout.language.Phrase;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

import java.util.Optional;

/** Says in people's words why a file is not YAML. Never quotes the line: it may hold a secret. */
final class YamlMistake {
    private YamlMistake() {}

    static void tell(MarkedYamlEngineException e, String text, Place file, Problems problems) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        int line = mark.map(Mark::getLine).orElse(0) + 1;
        int column = mark.map(Mark::getColumn).orElse(0);
        Place place = file.at(line);
        if (beginsWithTab(text, line)) {
            problems.add(
                    place,
                    Phrase.of("the line begins with a tab"),
                    Phrase.of("Indent with spaces"));
        } else if (e.getProblem().startsWith("mapping values are not allowed")) {
            problems.add(
                    place,
                    Phrase.of("a second \": \" stands in the line, at column {0}", (column + 1)),
                    Phrase.of("Put the text in quotes, or the key on a line of its own"));
        } else {
            problems.add(
                    place,
                    Phrase.of("is not YAML at column {0}: {1}", (column + 1), wordsOf(e)),
                    Phrase.of("Check quotes, brackets and indentation from here upwards"));
        }
    }

    private static String wordsOf(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return (context + e.getProblem()).strip();
    }

    private static boolean beginsWithTab(String text, int line) {
        return text.lines()
                .skip(line - 1L)
                .findFirst()
                .orElse("")
                .stripTrailing()
                .matches(" *\t.*");
    }
}
