package backout.cli;

import backout.App;
import backout.approval.Person;
import backout.chat.Block;
import backout.chat.Message;
import backout.chat.console.TextScreen;
import backout.config.SiteLoader;
import backout.frontdesk.Chat;
import backout.frontdesk.ChatKeys;
import backout.frontdesk.Diagnosis;
import backout.frontdesk.Doctor;
import backout.language.Language;
import backout.language.Phrase;
import backout.operations.ChatDoctor;
import backout.operations.ReceiverDoctor;
import backout.plan.Settings;
import backout.problem.ProblemException;
import backout.report.Announced;
import backout.report.ReceiverKind;
import backout.run.Evidence.Finding;
import backout.run.RunId;
import backout.serve.Assembly;
import backout.serve.ChatKind;
import backout.serve.Couriers;
import backout.serve.ProcessContext;
import backout.serve.SiteDoctor;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Proves that everything works that a rollback needs, before one is needed. */
public final class DoctorVerb {
    private static final Duration PRESSED_WITHIN = Duration.ofMinutes(2);

    private final Assembly assembly;
    private final ProcessContext context;
    private final TextScreen out;
    private final Set<Finding> found = EnumSet.noneOf(Finding.class);

    public DoctorVerb(Assembly assembly, ProcessContext context, TextScreen out) {
        this.assembly = assembly;
        this.context = context;
        this.out = out;
    }

    /**
     * Looks at each target and each chat that is enabled.
     *
     * @return the exit code: 0 all well, 1 something is not, 4 something could not be told
     */
    public int doctor(Verb.Doctor verb) {
        SiteLoader.Loaded loaded = assembly.load(verb.folders());
        try (App app = assembly.open(loaded, warning -> out.say("! ", warning))) {
            new SiteDoctor(app, context, Map::of).targets(this::tell);
            assembly.chats()
                    .forEach(kind ->
                            loaded.chat()
                                    .of(kind.name())
                                    .ifPresent(of -> examine(app, kind, of, loaded, verb)));
            loaded.receivers().forEach(one -> examine(app, one, loaded, verb));
        }
        if (found.contains(Finding.UNWELL)) {
            return 1;
        }
        return found.contains(Finding.UNKNOWN) ? 4 : 0;
    }

    private void tell(Doctor.Part part) {
        title(part.of());
        part.found().forEach(this::tell);
    }

    private void examine(
            App app, ChatKind kind, Settings of, SiteLoader.Loaded loaded, Verb.Doctor verb) {
        title(Phrase.verbatim(kind.keys().called()));
        var means =
                new Chat.Means(
                        kind.keys(),
                        of,
                        context.secrets(),
                        Language.of(loaded.bot().language(), context.zone()),
                        app,
                        context.nanos());
        try {
            Chat<?> chat = kind.open().apply(means);
            if (verb.people()) {
                all(app, kind, of, chat);
            } else {
                chat.examine().forEach(this::tell);
            }
        } catch (ProblemException e) {
            e.problems().forEach(problem -> tell(Diagnosis.unwell(problem.what(), problem.next())));
        }
    }

    /** Really tells it something, where people may be disturbed. */
    private void examine(
            App app, ReceiverKind.Declared declared, SiteLoader.Loaded loaded, Verb.Doctor verb) {
        title(Phrase.verbatim(declared.name()));
        if (!verb.people()) {
            tell(
                    Diagnosis.unknown(
                            Phrase.of("it was not tried whether it takes anything"),
                            Phrase.of("leave out --no-people: then it is told a test")));
            return;
        }
        var couriers = new Couriers(app, context.clock(), context.zone());
        ReceiverDoctor.examine(
                        couriers.to(declared, loaded.bot().language(), context.secrets()),
                        app.site().people().values(),
                        RunId.random(new SecureRandom()).text(),
                        context.clock().instant())
                .forEach(this::tell);
    }

    private void all(App app, ChatKind kind, Settings of, Chat<?> chat) {
        var random = new SecureRandom();
        List<Person> people =
                app.site().people().values().stream()
                        .filter(person -> person.accounts().containsKey(kind.keys().name()))
                        .toList();
        new ChatDoctor(
                        app.acks(),
                        () -> RunId.random(random),
                        context.clock(),
                        Thread::sleep,
                        PRESSED_WITHIN)
                .examine(
                        chat,
                        Announced.channels(of.texts(ChatKeys.ANNOUNCE)),
                        people,
                        app.resumer().isAnybodyAtWork(),
                        this::tell);
    }

    private void title(Phrase of) {
        out.show(new Message(of, List.of(new Block.Heading(of))));
    }

    private void tell(Diagnosis one) {
        found.add(one.finding());
        out.show(
                new Message(
                        one.what(), List.of(new Block.Lines(Phrase.NONE, List.of(one.line())))));
    }
}
