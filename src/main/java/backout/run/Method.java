package backout.run;

import backout.command.Site;
import backout.plan.Remedy;
import backout.plan.Target;

import java.util.Comparator;
import java.util.List;

/**
 * One way to get a service back. The targets that have its name are its methods, whatever their
 * kinds.
 */
public record Method(Target target, Remedy remedy) {
    /** Those of the service of that name, in the order in which they are thought of. */
    public static List<Method> of(Site site, String service) {
        return site.targets().values().stream()
                .filter(target -> target.name().name().equals(service))
                .filter(target -> site.rollbackOf(target.name().kind()).isPresent())
                .map(target -> new Method(target, site.remedyOf(target.name().kind())))
                .sorted(Comparator.comparing(method -> method.remedy().sort()))
                .toList();
    }
}
