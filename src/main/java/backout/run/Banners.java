package backout.run;

import backout.command.Site;
import backout.plan.Banner;
import backout.plan.TargetName;

import java.util.Optional;
import java.util.function.Supplier;

/** What users are told of a target now. */
public record Banners(Journal journal, Supplier<Site> site) {
    /** Empty where nothing happened to it, or somebody took the banner down. */
    public Optional<Banner> of(TargetName target) {
        return journal.open().stream()
                .map(id -> Run.of(journal.read(id)))
                .filter(run -> run.request().isAbout(target) && run.proven().isEmpty())
                .filter(run -> run.hasBegunSwitch() && !run.plan().keepsRelease())
                .flatMap(run -> run.events().stream())
                .filter(RunEvent.SwitchBegan.class::isInstance)
                .findFirst()
                .map(begun -> Banner.underWay(begun.at()))
                .or(() ->
                        Banner.of(site.get().remedyOf(target.kind()).sort(), journal.read(target)));
    }
}
