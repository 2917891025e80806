package backout.chat.slack;

import backout.frontdesk.Diagnosis;
import backout.http.ChatClock;
import backout.language.Phrase;
import backout.report.Room;

import com.slack.api.methods.response.auth.AuthTestResponse;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Slack tells of the app when it is asked whose token this is: the rights are in a header of
 * the answer, as its time is.
 */
record SlackExam(SlackApi api, InstantSource clock) {
    List<Diagnosis> all() {
        try {
            AuthTestResponse answer = api.call("auth.test", methods -> methods.authTest(r -> r));
            var found = new ArrayList<Diagnosis>();
            found.add(
                    Diagnosis.well(
                            Phrase.of(
                                    "the token is that of {0}",
                                    answer.getUser() + " in " + answer.getTeam())));
            found.add(scopes(api.said("x-oauth-scopes")));
            found.add(ChatClock.of("Slack", api.said("date"), clock.instant()));
            return found;
        } catch (Room.Refused e) {
            return List.of(Diagnosis.unwell(e.problem().what(), e.problem().next()));
        } catch (Room.Later e) {
            return List.of(Diagnosis.unknown(e.why(), Phrase.of("try again in a minute")));
        }
    }

    private static Diagnosis scopes(Optional<String> given) {
        if (given.isEmpty()) {
            return Diagnosis.unknown(
                    Phrase.of("Slack did not tell which scopes the token has"),
                    Phrase.of("look at OAuth & Permissions on the app's page"));
        }
        List<String> there = Stream.of(given.get().split(",")).map(String::strip).toList();
        List<String> missing =
                SlackManifest.SCOPES.stream().filter(scope -> !there.contains(scope)).toList();
        return missing.isEmpty()
                ? Diagnosis.well(Phrase.of("the token has every scope that is needed"))
                : Diagnosis.unwell(
                        Phrase.of("the token lacks the scopes {0}", missing),
                        Phrase.of(
                                "add them on the app's page (OAuth & Permissions) and install the"
                                        + " app again"));
    }
}
