package backout.chat.console.web;

import backout.chat.Block;
import backout.chat.Message;
import backout.frontdesk.Diagnosis;
import backout.frontdesk.Doctor;
import backout.language.Phrase;
import backout.report.Say;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What the doctor found last, and the button that has everything looked at again. */
final class DoctorPage {
    private final InstantSource clock;
    private final Layout layout;

    DoctorPage(InstantSource clock, Layout layout) {
        this.clock = clock;
        this.layout = layout;
    }

    Html page(Session session, Optional<Checkup.Round> last) {
        Phrase title = Phrase.of("Doctor");
        var main =
                Html.of("main")
                        .css("wide")
                        .add(
                                ChannelPage.back(),
                                Html.of("h1", title),
                                Html.of(
                                        "p",
                                        Phrase.of(
                                                "Looks whether each target could be rolled back"
                                                    + " now, and whether each chat works. Nothing"
                                                    + " is posted or changed. Whether people are"
                                                    + " reached is told by bot/backout doctor on"
                                                    + " the host.")));
        boolean looks = last.map(round -> !round.isOver()).orElse(false);
        if (looks) {
            main.add(Html.of("p", Phrase.of("It is looking…")).css("busy").with("role", "status"));
        } else {
            main.add(
                    session.hand()
                            .form("/examine")
                            .add(
                                    Html.of("button", Phrase.of("Look now"))
                                            .css("primary")
                                            .with("type", "submit")));
        }
        last.ifPresent(round -> main.add(found(session, round)));
        return layout.page(title, Optional.of(session), "", "", main);
    }

    private Html found(Session session, Checkup.Round round) {
        var renderer = new HtmlRenderer(session.hand());
        var section = Html.of("section").css("found");
        section.add(
                Html.of(
                                "p",
                                Phrase.of(
                                        "Asked for by {0}, {1}",
                                        round.by(), Say.ago(round.began(), clock.instant())))
                        .css("small"));
        for (Doctor.Part part : round.parts()) {
            var lines = part.found().stream().map(Diagnosis::line).toList();
            section.add(
                    Html.of("div")
                            .css("panel")
                            .add(
                                    Html.of("h2", part.of()),
                                    renderer.blocks(
                                            new Message(
                                                    part.of(),
                                                    List.of(
                                                            new Block.Lines(
                                                                    Phrase.NONE, lines))))));
        }
        return section;
    }
}
