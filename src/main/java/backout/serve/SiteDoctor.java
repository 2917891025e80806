package backout.serve;

import backout.App;
import backout.frontdesk.Chat;
import backout.frontdesk.Diagnosis;
import backout.frontdesk.Doctor;
import backout.language.Phrase;
import backout.operations.TargetDoctor;
import backout.plan.Target;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at each target and each chat of a site.
 *
 * @param chats those that are open, by what people call them
 */
public record SiteDoctor(App app, ProcessContext context, Supplier<Map<String, Chat<?>>> chats)
        implements Doctor {
    @Override
    public void examine(Consumer<Part> tell) {
        targets(tell);
        chats.get()
                .forEach((called, chat) ->
                        tell.accept(new Part(Phrase.verbatim(called), chat.examine())));
    }

    /** The targets alone. */
    public void targets(Consumer<Part> tell) {
        app.site()
                .targets()
                .values()
                .forEach(target -> tell.accept(new Part(target.shown(), examine(target))));
    }

    private List<Diagnosis> examine(Target target) {
        return new TargetDoctor(
                        app.site(),
                        app.runner()::draft,
                        context.clock(),
                        context.nanos(),
                        Thread::sleep)
                .examine(target, app.executor(target));
    }
}
