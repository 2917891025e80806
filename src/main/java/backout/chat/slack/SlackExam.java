package backout.chat.slack;

import backout.frontdesk.Diagnosis;
import backout.http.ChatClock;
import backout.language.Phrase;
import backout.report.Room;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Slack tells of the app when it is asked whose token this is: the rights are in a header of
 * the answer, as its time is.
 *
 * @param links with the app's token, where there is one
 */
record SlackExam(SlackApi api, Optional<SlackApi> links, InstantSource clock) {
    List<Diagnosis> all() {
        var found = new ArrayList<>(Diagnosis.asking(this::ofBot));
        links.ifPresent(with -> found.addAll(Diagnosis.asking(() -> way(with))));
        return found;
    }

    /** The address that Slack gives is not used, and is good for half a minute. */
    private static List<Diagnosis> way(SlackApi links) throws Room.Later, Room.Refused {
        var _ = links.socket();
        return List.of(
                Diagnosis.well(Phrase.of("commands and presses come by a socket of Slack's")));
    }

    private List<Diagnosis> ofBot() throws Room.Later, Room.Refused {
        String as = api.whoAmI();
        var found = new ArrayList<Diagnosis>();
        found.add(Diagnosis.known(as));
        found.add(scopes(api.said("x-oauth-scopes")));
        found.add(ChatClock.of("Slack", api.said("date"), clock.instant()));
        if (api.expires()) {
            found.add(
                    Diagnosis.unwell(
                            Phrase.of("the token expires: the app's token rotation is on"),
                            Phrase.of("make a new app of what bot/backout manifest slack prints")));
        }
        return found;
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
