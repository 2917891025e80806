package backout.run;

import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetName;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The targets of runs as they were when this process began with each: what is edited meanwhile is
 * for the runs after it.
 */
final class Taken {
    private final Supplier<Site> sites;
    private final Executors executors;
    private final Map<RunId, List<Target>> targets = new ConcurrentHashMap<>();

    Taken(Supplier<Site> sites, Executors executors) {
        this.sites = sites;
        this.executors = executors;
    }

    /** Empty when one is not of the site any more; put back, it is found the next time. */
    List<Target> of(RunEvent.Requested request) {
        List<Target> taken = targets.getOrDefault(request.run(), List.of());
        if (!taken.isEmpty()) {
            return taken;
        }
        Site site = sites.get();
        if (request.targets().stream().anyMatch(name -> isGone(site, name))) {
            return List.of();
        }
        List<Target> all =
                request.targets().stream().flatMap(name -> site.target(name).stream()).toList();
        targets.put(request.run(), all);
        return all;
    }

    private boolean isGone(Site site, TargetName name) {
        return site.target(name).isEmpty() || executors.find(name).isEmpty();
    }

    /** What is told of one that is not of the site any more. */
    Phrase gone(RunEvent.Requested request) {
        Site site = sites.get();
        TargetName name =
                request.targets().stream()
                        .filter(one -> isGone(site, one))
                        .findFirst()
                        .orElse(request.target());
        return Phrase.of(
                "target {0} is no longer in {1}: put it back to go on",
                name, site.file("targets.yml"));
    }

    /** Forgets those of a run that is over. */
    Parked after(RunId run, Parked parked) {
        if (parked instanceof Parked.Over) {
            targets.remove(run);
        }
        return parked;
    }
}
