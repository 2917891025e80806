package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Policy;
import backout.chat.Message;
import backout.chat.console.Style;
import backout.chat.console.TextRenderer;
import backout.chat.discord.DiscordChat;
import backout.chat.slack.SlackChat;
import backout.command.CommandSpec;
import backout.command.Site;
import backout.config.SiteLoader;
import backout.fixture.Kinds;
import backout.language.Language;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What people read who ask how something is said. */
final class HelpTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Site site() {
        var commands =
                new SiteLoader(Kinds.SHIPPED, List.of(SlackChat.KEYS, DiscordChat.KEYS))
                        .commands(Path.of("commands"));
        var name = TargetName.of("compose/web");
        var settings = new Settings(Map.of());
        var target = new Target(name, "local", "prod", HOUR, HOUR, List.of(), settings);
        var policy = new Policy("prod", 1, 2, HOUR, HOUR, HOUR, false);
        return new Site(commands, Map.of(name, target), Map.of(), Map.of("prod", policy));
    }

    private static String read(Message message) {
        var renderer = new TextRenderer(120, Style.PLAIN, Language.ENGLISH);
        return String.join(" ", renderer.lines(message)).replaceAll("\\s+", " ");
    }

    @Test
    void each_word_of_each_shipped_command_is_explained() {
        for (CommandSpec spec : site().commands()) {
            String told = read(new Help(site()).of(spec));
            assertThat(told.contains("Its words"))
                    .as(told)
                    .isEqualTo(!spec.words().clauses().isEmpty());
            spec.words()
                    .clauses()
                    .forEach(clause ->
                            assertThat(told.substring(told.indexOf("Its words")))
                                    .as(spec.name() + " " + clause.key())
                                    .contains(
                                            clause.lead().isEmpty()
                                                    ? clause.choices().isEmpty()
                                                            ? clause.value()
                                                                    .toUpperCase(Locale.ROOT)
                                                            : String.join("|", clause.choices())
                                                    : String.join(" ", clause.lead())));
        }
    }

    @Test
    void what_people_ask_about_is_answered() {
        var compose = site().commands().stream().filter(CommandSpec::isRollback).findFirst();
        assertThat(read(new Help(site()).of(compose.orElseThrow())))
                .contains("with its files", "compose and env files back too")
                .contains("drain 0s|3s|10s", "requests in flight")
                .contains("severity p1|p2|p3", "nothing else depends on it");
    }

    @Test
    void a_vote_is_from_the_level_that_the_policy_wants() {
        assertThat(read(new Help(site()).all()))
                .containsPattern("approve RUN .* L2 breakglass RUN");
        var approve =
                site().commands().stream()
                        .filter(spec -> spec.does().equals("approve"))
                        .findFirst();
        assertThat(read(new Help(site()).of(approve.orElseThrow())))
                .contains("Whose vote counts: compose/web: from L2 on");
    }
}
