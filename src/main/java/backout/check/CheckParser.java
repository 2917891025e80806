package backout.check;

import backout.language.Phrase;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the one-line check from left to right: severity, subject, condition, patience. */
final class CheckParser {
    private CheckParser() {}

    static Check parse(String text, Set<String> placeholders) {
        var sentence = new Sentence(text, placeholders);
        Severity severity = severity(sentence);
        Subject subject = SubjectParser.parse(sentence);
        Condition condition = ConditionParser.parse(sentence, subject);
        var patience = new PatienceParser(sentence, condition);
        patience.parse();
        return new Check(
                subject,
                condition,
                severity,
                patience.within(),
                patience.times(),
                patience.factor(),
                Stage.of(subject, condition),
                sentence.text(),
                false);
    }

    private static Severity severity(Sentence sentence) {
        Sentence.Word word =
                sentence.peek()
                        .orElseThrow(() ->
                                Sentence.problem(
                                        Phrase.of("a check says nothing"),
                                        Phrase.of(
                                                "Write one, such as GET {url}/health [STATUS] =="
                                                        + " 200")));
        if (!word.text().endsWith(":")) {
            return Severity.MUST;
        }
        sentence.take(Phrase.of("a severity"));
        return Arrays.stream(Severity.values())
                .filter(one -> word.text().equals(one.name().toLowerCase(Locale.ROOT) + ":"))
                .findFirst()
                .orElseThrow(() ->
                        sentence.wrong(
                                word,
                                Phrase.of("is no severity"),
                                Sentence.oneOf(word.text(), List.of("must:", "should:", "info:"))));
    }
}
