package backout.serve;

import backout.App;
import backout.language.Language;
import backout.plan.Secrets;
import backout.report.Courier;
import backout.report.Pages;
import backout.report.ReceiverKind;
import backout.report.ReceiverKind.Declared;
import backout.run.Loop;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Who is told what happened besides the chats: two threads each, one of them for calls alone. */
public record Couriers(App app, InstantSource clock, ZoneId zone) {
    /** A receiver as it is declared, ready to be told something. */
    public Courier.To to(Declared declared, String language, Secrets secrets) {
        String place = app.site().file("notices.yml") + " " + declared.name();
        return new Courier.To(
                declared.name(),
                declared.open(place, secrets, clock),
                declared.wants(),
                Language.of(
                        declared.settings().textIfAny(ReceiverKind.LANGUAGE).orElse(language),
                        zone));
    }

    /**
     * Those that are gone from the configuration are told nothing more; when one comes back it is a
     * new one.
     */
    void forgetOthers(Collection<Declared> declared) {
        var faces =
                declared.stream()
                        .map(Declared::name)
                        .flatMap(name -> List.of(name, Pages.face(name)).stream())
                        .collect(Collectors.toSet());
        app.outbox().faces().stream()
                .filter(face -> face.contains("/") && !faces.contains(face))
                .forEach(face -> Courier.forget(face, app.outbox(), app.posts()));
    }

    /** What happens from now on waits for it, also while nothing tells it yet. */
    void join(String name) {
        app.outbox().join(name);
        app.outbox().join(Pages.face(name));
    }

    /** Begins to tell it; it has joined. */
    void start(Courier.To to, Operators operators, Consumer<Loop> begin) {
        var courier =
                new Courier(to, app.journal(), app.outbox(), app.posts(), clock, app.observers());
        operators.receiver(to.name(), courier::state);
        begin.accept(courier.loop());
        var pages =
                new Pages(
                        to,
                        app::site,
                        app.journal(),
                        app.outbox(),
                        app.posts(),
                        clock,
                        app.observers());
        begin.accept(pages.loop());
    }
}
