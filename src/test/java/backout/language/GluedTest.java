package backout.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whatever people read is said in their language: nobody makes a text of a phrase on the way. */
@Order(3)
class GluedTest {
    /** They were handed what {@code Message.in}, {@code Form.in} and {@code Problem.in} said. */
    private static final List<String> SAID_BEFORE =
            List.of(
                    "chat/console/TextRenderer.java",
                    "chat/console/TextTable.java",
                    "chat/discord/DiscordButtons.java",
                    "chat/discord/DiscordForm.java",
                    "chat/discord/DiscordRenderer.java",
                    "chat/slack/SlackButtons.java",
                    "chat/slack/SlackForm.java",
                    "chat/slack/SlackRenderer.java",
                    "chat/NarrowTable.java",
                    "chat/PlainMessage.java",
                    "notify/mail/Letter.java",
                    "notify/webhook/Webhook.java");

    private static final Set<String> FOR_OPERATORS_AND_FILES =
            Set.of(
                    "serve/Operators.java: \"not ready: the last look could not tell; the service"
                            + " is \" + it.says(it.at())",
                    "serve/Reload.java: \"read at \" + read + \"; what is in the files now is"
                            + " refused: \" + refused.getFirst()",
                    "archive/Backup.java: Phrase::toString",
                    "init/Fitting.java: wanted.group(1) + seen",
                    "operations/EventWords.java: \"suites: \" + e.seen()",
                    "operations/EventWords.java: \"standby: \" + e.readiness().says()",
                    "operations/EventWords.java: \"the plan changed: \""
                            + " + Phrase.joined(\"; \", e.reasons())",
                    "operations/EventWords.java: \"there is no plan: \" + e.problem().what()",
                    "operations/EventWords.java: word(e.leg()) + \" did not work: \""
                            + " + e.problem().what()",
                    "cli/RunJson.java: one.says().toString()",
                    "serve/WebhookDoor.java: says.toString()",
                    "serve/WebhookDoor.java: problem.what().toString()",
                    "serve/WebhookDoor.java: problem.next().toString()",
                    "serve/WebhookDoor.java: message.summary().toString()",
                    "serve/WebhookDoor.java: ((Block.Text)block).text().toString()",
                    "cli/LockedVerb.java: lock.why().toString()",
                    "cli/LockedVerb.java: freeze.why().toString()",
                    "dns/ZoneDns.java: last.problem().toString()",
                    "host/SshDoors.java: why.toString()",
                    "operations/Logs.java: e.problem().toString()",
                    "report/Announcement.java: why().toString()",
                    "report/Courier.java: refused.problem().toString()",
                    "operations/Lookout.java: e.problem().toString()",
                    "report/Publisher.java: refused.problem().toString()",
                    "report/Pages.java: refused.problem().toString()",
                    "store/sql/StoredPhrase.java: phrase.toString()",
                    "watch/LedgerWatch.java: \", but \" + Phrase.joined(\"; \", remarks)",
                    "watch/LedgerWatch.java: e.problem().toString()",
                    "watch/Resumer.java: \"run \" + id + \" does not go on: \" + halted.get(id)");

    private static final Set<String> COMPARED_ONLY =
            Set.of(
                    "chat/console/web/Cards.java: mood.says().toString()",
                    "docker/ContainerSwap.java: e.problem().what().toString()",
                    "docker/TakenPort.java: said.toString()",
                    "init/Fitting.java: seen.toString()",
                    "run/LogTail.java: line.toString()",
                    "serve/OnCallNews.java: problem.what().toString()",
                    "serve/OnCallNews.java: what.toString()",
                    "plan/Readiness.java: other.what.toString()",
                    "plan/Readiness.java: what.toString()",
                    "report/Full.java: release.age().toString()",
                    "watch/Reminders.java: it.says().toString()",
                    "watch/Reminders.java: says(glass).toString()");

    private static final Set<String> OUR_OWN_FAULT =
            Set.of("chat/console/web/Html.java: \"no address of this host: \" + value");

    @Test
    void no_text_is_made_of_what_is_still_to_be_said() {
        var known = new TreeSet<String>();
        known.addAll(FOR_OPERATORS_AND_FILES);
        known.addAll(COMPARED_ONLY);
        known.addAll(OUR_OWN_FAULT);
        Set<String> found =
                Glued.inSources().stream()
                        .map(place -> place.replaceFirst("^backout/", ""))
                        .filter(place -> SAID_BEFORE.stream().noneMatch(place::startsWith))
                        .collect(Collectors.toSet());
        assertThat(found).containsExactlyInAnyOrderElementsOf(known);
    }

    /** The search itself, on what it is for. */
    @Test
    void it_sees_what_becomes_english_silently() {
        assertThat(
                        Glued.in(
                                "Case.java",
                                """
                                import backout.language.Phrase;
                                import backout.problem.Problem;
                                import java.io.IOException;
                                import java.util.List;
                                class Case {
                                    static final org.slf4j.Logger log =
                                            org.slf4j.LoggerFactory.getLogger(Case.class);
                                    String plus(Phrase said) { return "text " + said; }
                                    String formatted(Problem told) { return "%s".formatted(told); }
                                    Phrase value(Problem told) { return Phrase.of("{0}", told); }
                                    Phrase failure(IOException e) { return Phrase.of("{0}", e); }
                                    List<String> each(List<Phrase> all) {
                                        return all.stream().map(Phrase::toString).toList();
                                    }
                                    void logged(Phrase said) { log.info("it is " + said); }
                                    Phrase right(Phrase said) { return Phrase.of("{0}", said); }
                                }
                                """))
                .containsExactlyInAnyOrder(
                        "Case.java: \"text \" + said",
                        "Case.java: \"%s\".formatted(told)",
                        "Case.java: Phrase.of(\"{0}\", told)",
                        "Case.java: Phrase.of(\"{0}\", e)",
                        "Case.java: Phrase::toString");
    }
}
