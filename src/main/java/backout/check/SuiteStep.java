package backout.check;

import backout.check.Caller.Sending;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.Shown;

import tools.jackson.core.io.JsonStringEncoder;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of a suite: {@code POST {url}/keys as {token} [STATUS] == 201 keep id = [BODY].id with
 * {"name": "test"}}.
 *
 * @param as what is sent as bearer token: a secret of the target, or what a former step kept
 * @param status that it must answer; 0 for any from 200 to 299
 * @param keeps places in its answer, by the name that later steps call what is there
 * @param body JSON with names in braces; empty for none
 */
public record SuiteStep(
        String method,
        String url,
        Optional<String> as,
        int status,
        Map<String, BodyPath> keeps,
        String body) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(GET|POST|PUT|PATCH|DELETE) ((?:\\{url}|https?://[^/@\\s]+)[^\\s@]*)"
                            + "(?: as \\{([a-z][a-z0-9-]*)})?"
                            + "(?: \\[STATUS] == ([1-5][0-9]{2}))?"
                            + "((?: keep [a-z][a-z0-9-]* = \\[BODY]\\S+)*)"
                            + "(?: with (\\S.*))?");
    private static final Pattern KEEP = Pattern.compile(" keep ([a-z][a-z0-9-]*) = \\[BODY](\\S+)");

    /**
     * @throws backout.problem.ProblemException when it is no step; it is not repeated where it may
     *     hold what is secret
     */
    public static SuiteStep parse(String line) {
        Matcher step = FORM.matcher(line.strip());
        if (!step.matches() || (step.group(1).equals("GET") && step.group(6) != null)) {
            throw Problem.stop(
                    Phrase.of("is no step of a suite"),
                    Phrase.of(
                            "Write METHOD ADDRESS [as {NAME}] [[STATUS] == 200] [keep NAME ="
                                    + " [BODY].PATH] [with JSON], in this order"));
        }
        return new SuiteStep(
                step.group(1),
                step.group(2),
                Optional.ofNullable(step.group(3)),
                step.group(4) == null ? 0 : Integer.parseInt(step.group(4)),
                keeps(step.group(5)),
                step.group(6) == null ? "" : step.group(6));
    }

    private static Map<String, BodyPath> keeps(String text) {
        var keeps = new LinkedHashMap<String, BodyPath>();
        KEEP.matcher(text)
                .results()
                .forEach(keep ->
                        keeps.put(
                                keep.group(1),
                                BodyPath.parse(keep.group(2))
                                        .orElseThrow(() ->
                                                Problem.stop(
                                                        Phrase.of(
                                                                "{0} is no place in an answer",
                                                                Shown.of(keep.group(2))),
                                                        Phrase.of(
                                                                "Write a path such as"
                                                                        + " [BODY].data.token")))));
        return Map.copyOf(keeps);
    }

    /** Every name in braces that must be known before it can be sent. */
    public List<String> needs() {
        var names = new ArrayList<>(Placeholders.in(url));
        names.addAll(Placeholders.in(body));
        as.ifPresent(names::add);
        return names.stream().distinct().toList();
    }

    /** With every name filled in, so that no value becomes a part of the address or of the JSON. */
    public Sending filled(String base, Map<String, Secret> values) {
        var clear = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> clear.put(name, value.reveal()));
        UnaryOperator<String> inJson =
                value -> new String(JsonStringEncoder.getInstance().quoteAsCharArray(value));
        String address = url.replace("{url}", base);
        return new Sending(
                method,
                Placeholders.fill(address, clear, SuiteStep::encoded),
                as.map(values::get),
                body.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Secret(Placeholders.fill(body, clear, inJson))));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The text without those values, also as an address holds them. */
    public static String without(Collection<Secret> values, String text) {
        String hidden = text;
        for (Secret secret : values) {
            String clear = secret.reveal();
            hidden = hidden.replace(clear, secret.toString()).replace(encoded(clear), "***");
        }
        return hidden;
    }

    /** What is kept of an answer; a name is missing where the answer has no such place. */
    public Map<String, Secret> kept(String answer) {
        var kept = new LinkedHashMap<String, Secret>();
        keeps.forEach((name, path) ->
                path.scalar(answer)
                        .filter(value -> !value.isBlank())
                        .ifPresent(value -> kept.put(name, new Secret(value))));
        return kept;
    }

    /** Whether it answers as it should. */
    public boolean isRight(int answered) {
        return status == 0 ? answered / 100 == 2 : answered == status;
    }

    /** What is wanted, in a word. */
    public String wanted() {
        return status == 0 ? "2xx" : String.valueOf(status);
    }

    /** Without what it sends: its names stay names. */
    @Override
    public String toString() {
        return method + " " + url;
    }
}
