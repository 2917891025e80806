package backout.init;

import backout.language.Language;
import backout.language.Phrase;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of a site, with a comment at each key. */
final class SiteText {
    private final Drafts.Site site;
    private final Language language;

    SiteText(Drafts.Site site) {
        this.site = site;
        this.language = Language.of(site.language(), ZoneOffset.UTC);
    }

    private String say(Phrase phrase) {
        return language.say(phrase);
    }

    /** Texts by file name, in the order in which they are shown. */
    Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put("targets.yml", targets());
        files.put("people.yml", people());
        files.put("approvals.yml", approvals());
        files.put("backout.yml", bot());
        files.put("chat.yml", chat());
        files.replaceAll((name, text) -> schema(name) + text);
        return files;
    }

    private static String schema(String file) {
        String name = file.replace(".yml", ".json");
        return "# yaml-language-server: $schema=schema/" + name + "\n";
    }

    private String targets() {
        return say(
                        Phrase.of(
                                """
                                # What can be rolled back: kind/name. Chat chooses among these and can never name another
                                # path, host or image. Every key is explained in config/README.md.
                                targets:
                                """))
                + site.targets().stream().map(this::target).collect(Collectors.joining("\n"));
    }

    private String target(Drafts.Target target) {
        var text = new StringBuilder();
        text.append("  ").append(target.fullName()).append(":\n");
        line(text, say(Phrase.of("# The policy of approvals.yml that its rollbacks need.")));
        line(text, "policy: production");
        if (!target.service().isHere()) {
            line(text, say(Phrase.of("# The machine that it runs on, of hosts.yml.")));
            line(text, "host: " + target.service().host().name());
        }
        what(text, target.service());
        target.url()
                .ifPresent(url -> {
                    line(text, say(Phrase.of("# Where the probes go.")));
                    line(text, "url: " + yaml(url));
                    if (!target.service().isHere()) {
                        line(
                                text,
                                say(
                                        Phrase.of(
                                                "# They start on that machine: its localhost is"
                                                        + " meant.")));
                        line(text, "from: host");
                    }
                });
        if (target.service().source().isEmpty()) {
            line(text, say(Phrase.of("# The repositories whose images it may run.")));
            list(text, "images", List.of(target.repository()));
        }
        if (!target.checks().isEmpty()) {
            line(
                    text,
                    say(
                            Phrase.of(
                                    "# What else proves it, besides the checks in"
                                            + " commands/{0}.yml.",
                                    target.service().kind())));
            list(text, "checks", target.checks());
        }
        if (!target.without().isEmpty()) {
            line(
                    text,
                    say(
                            Phrase.of(
                                    "# Checks of commands/{0}.yml that do not fit this service.",
                                    target.service().kind())));
            list(text, "without-checks", target.without());
        }
        target.redis().ifPresent(redis -> redis(text, redis));
        return text.toString();
    }

    private void what(StringBuilder text, Service service) {
        if (service.source().isPresent()) {
            Service.Source source = service.source().get();
            line(
                    text,
                    say(
                            Phrase.of(
                                    "# The folder that holds current and releases, or the checkout"
                                            + " that it runs in.")));
            line(text, "folder: " + yaml(source.folder().toString()));
            source.keepers().forEach(keeper -> line(text, keptBy(keeper)));
            return;
        }
        if (!service.isOfCompose()) {
            line(text, say(Phrase.of("# The container's name, as docker ps shows it.")));
            line(text, "container: " + yaml(service.name()));
            return;
        }
        line(
                text,
                say(
                        Phrase.of(
                                "# The compose project's name, as docker compose ls shows it, and"
                                        + " the service.")));
        line(text, "project: " + yaml(service.project()));
        line(text, "service: " + yaml(service.name()));
    }

    private String keptBy(Phrase keeper) {
        Phrase line = Phrase.of("# Kept running by {0}; looked for anew each time.", keeper);
        return say(line).replaceAll("\\p{Cntrl}", "?");
    }

    private void redis(StringBuilder text, Drafts.Redis redis) {
        line(text, say(Phrase.of("# Its Redis, saved before each rollback by a copy of its own.")));
        line(text, "redis:");
        line(text, "  service: " + yaml(redis.service()));
        redis.password().ifPresent(at -> line(text, "  password: " + yaml(at)));
    }

    private static void line(StringBuilder text, String line) {
        text.append("    ").append(line).append('\n');
    }

    private static void list(StringBuilder text, String key, List<String> items) {
        line(text, key + ":");
        items.forEach(item -> line(text, "  - " + yaml(item)));
    }

    private String people() {
        var text =
                new StringBuilder(
                        say(
                                Phrase.of(
                                        """
                                        # Who may ask for a rollback and who may approve one. The names are what people type.
                                        # level: L0 may only look, L1 developer, L2 lead, L3 decides. For Slack add below a
                                        # person: accounts: {slack: U0123ABCD}
                                        people:
                                        """)));
        for (Drafts.Person person : site.people()) {
            text.append("  ").append(yaml(person.name())).append(":\n");
            line(text, "level: L" + person.level());
        }
        return text.toString();
    }

    private String approvals() {
        return say(
                Phrase.of(
                        """
                        # What a rollback needs before it may start. Each target names one of these policies.
                        policies:
                          production:
                            # How many people besides the requester must approve; 0 when the requester's own
                            # confirmation is enough.
                            votes: {0}
                            # The lowest level whose votes count: L1, L2 or L3.
                            from: L{1}
                        """,
                        site.policy().votes(), site.policy().from()));
    }

    private String bot() {
        return say(
                Phrase.of(
                        """
                        # The bot itself. Listeners and the rest have defaults: see config/README.md.

                        # The language of cards, and of whoever has no other that is known: en or zh.
                        language: {0}

                        store:
                          # The folder of the journal, backups and other artifacts.
                          dir: {1}

                        docker:
                          # Where the Docker engine of `host: local` listens.
                          address: {2}
                        """,
                        site.language(), yaml(site.store()), yaml(site.docker())));
    }

    private String chat() {
        return say(
                Phrase.of(
                        """
                        # The chats that the bot serves. bot/slack/README.md and bot/discord/README.md say in
                        # numbered steps how they are connected.
                        slack:
                          # yes serves Slack, without an open port where app-token says how.
                          enabled: no
                          #app-token: env:SLACK_APP_TOKEN
                        discord:
                          # yes serves Discord by its gateway, without an open port.
                          enabled: no
                        """));
    }

    /**
     * A scalar that reads as the same text: plain where nobody could read it as something else, in
     * double quotes otherwise.
     */
    private static String yaml(String text) {
        boolean plain =
                text.matches("[A-Za-z0-9/][A-Za-z0-9/._:@+-]*(?<!:)")
                        && !text.matches("[0-9.:+_-]+|0[xo].*|[0-9.]+[eE].*")
                        && !text.toLowerCase(Locale.ROOT)
                                .matches("null|true|false|yes|no|on|off|y|n");
        return plain ? text : quoted(text);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> quoted.append(escaped(point)));
        return quoted.append('"').toString();
    }

    private static String escaped(int point) {
        if (point == '"' || point == '\\') {
            return "\\" + (char) point;
        }
        return point < ' ' || point > '~' ? "\\U%08X".formatted(point) : Character.toString(point);
    }
}
