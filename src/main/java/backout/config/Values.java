package backout.config;

import backout.check.Quantity;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.HostPort;
import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.plan.TargetName;
import backout.problem.Nearest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one value in the form that its key asks for, or tells what it should be. */
final class Values {
    /** What is written there in the wrong form may be a secret, or hold one. */
    private static final Set<Form> MAY_HOLD_SECRETS =
            EnumSet.of(Form.SECRET, Form.SECRETS, Form.ADDRESS);

    private static final Setting LINE = Setting.of("line", Form.TEXT, "", "");

    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    /**
     * The value in the type that {@link backout.plan.Settings} names; empty when it was refused.
     */
    Optional<Object> read(Setting setting, Yaml yaml) {
        return switch (yaml) {
            case Yaml.Unreadable _ -> Optional.empty();
            case Yaml.Items items when setting.form() == Form.TEXTS -> texts(items);
            case Yaml.Items items when setting.form() == Form.COMMANDS -> commands(setting, items);
            case Yaml.Section names when setting.form() == Form.SECRETS -> secrets(names);
            case Yaml.Section ids when setting.form() == Form.CHANNELS -> channels(setting, ids);
            case Yaml.Items _, Yaml.Section _ -> refuse(setting, yaml);
            case Yaml.Text text when text.isNothing() -> empty(setting, text);
            case Yaml.Text text -> scalar(setting, text.value()).or(() -> refuse(setting, yaml));
        };
    }

    /** The default of a key, written as a value in a file would be. */
    static Object otherwise(Setting setting) {
        if (setting.form() == Form.TEXTS) {
            return List.of(setting.otherwise().split(", *"));
        }
        return scalar(setting, setting.otherwise())
                .orElseThrow(() ->
                        new IllegalStateException(
                                "the default of " + setting.key() + " cannot be read"));
    }

    private static Optional<Object> scalar(Setting setting, String text) {
        return Optional.of(text)
                .filter(_ -> Shape.fits(setting, text))
                .flatMap(_ -> converted(setting, text));
    }

    private static Optional<Object> converted(Setting setting, String text) {
        return switch (setting.form()) {
            case TEXT, WORD, CHOICE, AUTOMATIC, HOST, ENGINE, PLACE, SECRET -> Optional.of(text);
            case DURATION, WAIT -> Quantity.duration(text).map(Object.class::cast);
            case SIZE -> Quantity.size(text).map(Object.class::cast);
            case NUMBER -> Optional.of(Long.valueOf(text));
            case FLAG -> Optional.of(text.equals("yes") || text.equals("true"));
            case ADDRESS -> HostPort.parse(text).map(HostPort::toString).map(Object.class::cast);
            case URL -> url(text);
            case TEXTS, COMMANDS, SECRETS, CHANNELS -> Optional.empty();
        };
    }

    /** Without a slash at its end, so that a path can follow. */
    private static Optional<Object> url(String text) {
        try {
            return Optional.of(new URI(text.replaceFirst("/+$", "")));
        } catch (URISyntaxException noIpv6) {
            return Optional.empty();
        }
    }

    private Optional<Object> texts(Yaml.Items items) {
        int before = problems.count();
        var texts = new ArrayList<String>();
        items.items().forEach(item -> line(item).ifPresent(texts::add));
        return problems.count() == before ? Optional.of(List.copyOf(texts)) : Optional.empty();
    }

    private Optional<Object> commands(Setting setting, Yaml.Items commands) {
        int before = problems.count();
        var read = new ArrayList<Object>();
        for (Yaml command : commands.items()) {
            if (command instanceof Yaml.Items arguments && !arguments.items().isEmpty()) {
                texts(arguments).ifPresent(read::add);
            } else if (!(command instanceof Yaml.Unreadable)) {
                var _ = refuse(setting, command);
            }
        }
        return problems.count() == before ? Optional.of(List.copyOf(read)) : Optional.empty();
    }

    private Optional<String> line(Yaml item) {
        return switch (item) {
            case Yaml.Unreadable _ -> Optional.empty();
            case Yaml.Text text when isLine(text) -> Optional.of(text.value());
            case Yaml.Section section when asLine(section).isPresent() -> asLine(section);
            case Yaml.Text _, Yaml.Items _, Yaml.Section _ -> {
                problems.add(
                        item.place(),
                        Phrase.of("should be one line of text, is {0}", item.seen()),
                        Phrase.of("Write it on one line, in quotes where it holds \": \""));
                yield Optional.empty();
            }
        };
    }

    private static boolean isLine(Yaml.Text text) {
        return !text.isNothing() && Shape.fits(LINE, text.value());
    }

    /** YAML takes {@code - should: GET …} for a section; people mean the line that they see. */
    private static Optional<String> asLine(Yaml.Section section) {
        boolean oneKey = section.members().size() == 1;
        return oneKey && section.members().get("should") instanceof Yaml.Text text && isLine(text)
                ? Optional.of("should: " + text.value())
                : Optional.empty();
    }

    private Optional<Object> secrets(Yaml.Section names) {
        int before = problems.count();
        Map<String, String> secrets = new LinkedHashMap<>();
        names.members()
                .forEach((name, value) -> {
                    if (!TargetName.isWord(name)) {
                        problems.add(
                                value.place(),
                                Phrase.of("the name should be a lower-case word with hyphens"),
                                Phrase.of("Write for example api-key"));
                    }
                    read(Setting.of(name, Form.SECRET, "", ""), value)
                            .ifPresent(secret -> secrets.put(name, secret.toString()));
                });
        return problems.count() == before
                ? Optional.of(Collections.unmodifiableMap(secrets))
                : Optional.empty();
    }

    private Optional<Object> channels(Setting setting, Yaml.Section ids) {
        int before = problems.count();
        Map<String, String> chosen = new LinkedHashMap<>();
        ids.members()
                .forEach((id, value) -> {
                    if (!id.matches(Shape.CHANNEL)) {
                        problems.add(
                                value.place(),
                                Phrase.of("should be the id of a channel, not its name"),
                                Phrase.of(
                                        "Copy the id of the channel: C0123ABCD in Slack,"
                                                + " \"200000000000000001\" in Discord"));
                    }
                    var choice = new Setting(id, Form.CHOICE, setting.choices(), "", false, "");
                    read(choice, value).ifPresent(one -> chosen.put(id, one.toString()));
                });
        return problems.count() == before
                ? Optional.of(Collections.unmodifiableMap(chosen))
                : Optional.empty();
    }

    private Optional<Object> empty(Setting setting, Yaml.Text text) {
        problems.add(
                text.place(),
                Phrase.of("has no value, should be {0}", expected(setting)),
                setting.required()
                        ? example(setting)
                        : Phrase.of("Leave the key out, or write a value"));
        return Optional.empty();
    }

    private Optional<Object> refuse(Setting setting, Yaml yaml) {
        boolean hidden = MAY_HOLD_SECRETS.contains(setting.form());
        Phrase seen = hidden ? Phrase.of("something else (not repeated here)") : yaml.seen();
        problems.add(
                yaml.place(),
                Phrase.of("should be {0}, is {1}", expected(setting), seen),
                advice(setting, yaml));
        return Optional.empty();
    }

    private static Phrase advice(Setting setting, Yaml yaml) {
        return setting.form() == Form.CHOICE && yaml instanceof Yaml.Text text
                ? meant(setting, text.value())
                        .map(near -> Phrase.of("Did you mean \"{0}\"? {1}", near, example(setting)))
                        .orElse(example(setting))
                : example(setting);
    }

    /** Of words with two letters each is as near to each other; a language has a name besides. */
    private static Optional<String> meant(Setting setting, String text) {
        return setting.choices().equals(Language.TAGS)
                ? Language.TAGS.stream().filter(tag -> names(text, tag)).findFirst()
                : Nearest.to(text, setting.choices()).filter(near -> near.length() > 2);
    }

    /** {@code zh-CN}, {@code ZH} and {@code Chinese} name {@code zh}. */
    private static boolean names(String text, String tag) {
        var language = Locale.forLanguageTag(tag);
        return Locale.forLanguageTag(text.replace('_', '-')).getLanguage().equals(tag)
                || text.equalsIgnoreCase(language.getDisplayLanguage(Locale.ENGLISH))
                || text.equalsIgnoreCase(language.getDisplayLanguage(language));
    }

    static Phrase expected(Setting setting) {
        return switch (setting.form()) {
            case TEXT -> Phrase.of("one line of text");
            case WORD -> Phrase.of("a lower-case word");
            case TEXTS -> Phrase.of("a list of texts");
            case COMMANDS -> Phrase.of("a list of argument lists");
            case CHOICE -> Phrase.of("one of {0}", setting.choices());
            case DURATION -> Phrase.of("a time with its unit");
            case WAIT -> Phrase.of("a time above 0 with its unit");
            case AUTOMATIC -> Phrase.of("off, propose or countdown TIME");
            case SIZE -> Phrase.of("a size with its unit");
            case NUMBER -> Phrase.of("a whole number");
            case FLAG -> Phrase.of("yes or no");
            case ADDRESS -> Phrase.of("HOST:PORT");
            case HOST -> Phrase.of("local or ssh:NAME");
            case ENGINE -> Phrase.of("a unix:// or tcp:// address");
            case URL -> Phrase.of("an http:// or https:// address");
            case PLACE -> Phrase.of("a place in an answer");
            case SECRET -> Phrase.of("the reference of a secret");
            case CHANNELS -> Phrase.of("ids of channels with one of {0} each", setting.choices());
            case SECRETS -> Phrase.of("names with the reference of a secret each");
        };
    }

    private static Phrase example(Setting setting) {
        return switch (setting.form()) {
            case TEXT -> Phrase.of("Write it on one line");
            case WORD -> Phrase.of("Write for example compose");
            case TEXTS -> Phrase.of("Write each on a line of its own that begins with \"- \"");
            case COMMANDS ->
                    Phrase.of("Write for example [[touch, /run/switched]]: no shell reads it");
            case CHOICE -> Phrase.of("Write one of them");
            case DURATION, WAIT -> Phrase.of("Write for example 5m (units: ms, s, m, h, d)");
            case SIZE -> Phrase.of("Write for example 200MB (units: B, KB, MB, GB, KiB, MiB, GiB)");
            case AUTOMATIC -> Phrase.of("Write for example countdown 60s");
            case NUMBER -> Phrase.of("Write for example 2");
            case FLAG -> Phrase.of("Write one of them");
            case ADDRESS ->
                    Phrase.of(
                            "Write for example localhost:6379 or [::1]:6379, without a scheme or a"
                                    + " password");
            case HOST -> Phrase.of("Write local where it runs beside the bot");
            case ENGINE -> Phrase.of("Write for example unix:///var/run/docker.sock");
            case URL -> Phrase.of("Write for example http://localhost:3000, without a password");
            case PLACE -> Phrase.of("Write for example {0}", "GET {url}/health [BODY].version");
            case SECRET -> Phrase.of("Write env:NAME or file:PATH");
            case CHANNELS -> Phrase.of("Write for example C0123ABCD: zh");
            case SECRETS -> Phrase.of("Write for example api-key: env:API_KEY");
        };
    }
}
