package backout.check;

import backout.language.Phrase;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the one-line check from left to right: severity, subject, condition, patience. */
final class CheckParser {
    private static final List<String> KNOWN =
            List.of("GET", "HEAD", "container", "process", "redis", "disk", "dns");
    private static final Pattern SECRET = Pattern.compile("\\{([a-z][a-z0-9-]*)}");
    private static final Pattern CREDENTIALS = Pattern.compile("(?s)https?://[^/?#]*@.*");
    private static final Pattern ADDRESS = Pattern.compile("(?s)(https?://[^/]|\\{).*");

    private CheckParser() {}

    static Check parse(String text, Set<String> placeholders) {
        var sentence = new Sentence(text, placeholders);
        Check.Severity severity = severity(sentence);
        Subject subject = subject(sentence);
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
                Check.Stage.of(subject, condition),
                sentence.text(),
                false);
    }

    private static Check.Severity severity(Sentence sentence) {
        Sentence.Word word =
                sentence.peek()
                        .orElseThrow(() ->
                                Sentence.problem(
                                        Phrase.of("a check says nothing"),
                                        Phrase.of(
                                                "Write one, such as GET {url}/health [STATUS] =="
                                                        + " 200")));
        if (!word.text().endsWith(":")) {
            return Check.Severity.MUST;
        }
        sentence.take(Phrase.of("a severity"));
        return Arrays.stream(Check.Severity.values())
                .filter(one -> word.text().equals(one.name().toLowerCase(Locale.ROOT) + ":"))
                .findFirst()
                .orElseThrow(() ->
                        sentence.wrong(
                                word,
                                Phrase.of("is no severity"),
                                Sentence.oneOf(word.text(), List.of("must:", "should:", "info:"))));
    }

    private static Subject subject(Sentence sentence) {
        Sentence.Word word = sentence.take(Phrase.of("something to look at"), KNOWN.toArray());
        return switch (word.text()) {
            case "GET", "HEAD" -> http(word.text(), sentence);
            case "container" -> new Subject.Container(service(sentence));
            case "process" -> new Subject.OwnProcess();
            case "redis" ->
                    new Subject.Redis(
                            sentence.filled(sentence.take(Phrase.of("a pattern"), "apikey:*")));
            case "disk" -> new Subject.Disk(folder(sentence));
            case "dns" -> new Subject.Names(whom(sentence));
            default ->
                    throw sentence.wrong(
                            word,
                            Phrase.of("cannot be looked at"),
                            Sentence.oneOf(word.text(), KNOWN));
        };
    }

    private static Subject http(String method, Sentence sentence) {
        Sentence.Word url = sentence.take(Phrase.of("an address"), "{url}/health");
        if (CREDENTIALS.matcher(url.text()).matches()) {
            // Not quoted: it holds a password
            throw Sentence.problem(
                    Phrase.of("the address at character {0} of a check holds a user", url.at()),
                    Phrase.of("Name a secret of the target instead: as {api-key}"));
        }
        if (!ADDRESS.matcher(url.text()).matches()) {
            throw sentence.wrong(
                    url,
                    Phrase.of("is no address"),
                    Phrase.of("Begin it with {url}, http:// or https://"));
        }
        return new Subject.Http(method, sentence.filled(url), secret(sentence));
    }

    private static Optional<String> secret(Sentence sentence) {
        if (!sentence.peek().map(Sentence.Word::text).equals(Optional.of("as"))) {
            return Optional.empty();
        }
        Sentence.Word as = sentence.take(Phrase.verbatim("as"));
        var name = SECRET.matcher(sentence.take(Phrase.of("a secret"), "{api-key}").text());
        if (!name.matches()) {
            // Not quoted: it may be the secret itself
            throw Sentence.problem(
                    Phrase.of(
                            "the word after \"as\" at character {0} of a check is no name",
                            as.at()),
                    Phrase.of(
                            "Write the name of one of the target's secrets in braces: as"
                                    + " {api-key}"));
        }
        return Optional.of(name.group(1));
    }

    private static String whom(Sentence sentence) {
        List<String> known = List.of(Subject.Names.SERVERS, Subject.Names.RESOLVERS);
        Sentence.Word word = sentence.take(Phrase.of("whom to ask"), known.toArray());
        if (!known.contains(word.text())) {
            throw sentence.wrong(
                    word, Phrase.of("cannot be looked at"), Sentence.oneOf(word.text(), known));
        }
        return word.text();
    }

    /** Its name where one stands before what is looked at. */
    private static Optional<String> service(Sentence sentence) {
        return sentence.peek()
                .filter(word -> !word.text().startsWith("["))
                .map(_ -> sentence.take(Phrase.of("a service"), "worker").text());
    }

    private static String folder(Sentence sentence) {
        Sentence.Word word = sentence.take(Phrase.of("a folder"), "/srv/app");
        if (!word.text().startsWith("/") && !word.text().startsWith("{")) {
            throw sentence.wrong(
                    word, Phrase.of("is no absolute folder"), Phrase.of("Begin it with /"));
        }
        return sentence.filled(word);
    }
}
