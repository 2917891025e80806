package backout.run;

import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One way to get a service back. The targets that have its name are its methods, whatever their
 * kinds.
 */
public record Method(Target target) {
    /** In the order of the flow chart: what touches least comes first. */
    public enum Sort {
        /** Another release where it runs. */
        RELEASE,
        /** People are led to where it runs besides. */
        STANDBY,
        /** It is made anew. */
        REBUILD;

        /** When it is the right one. */
        public Phrase fits() {
            return switch (this) {
                case RELEASE ->
                        Phrase.of("only the newest release is ill, and what it runs on is well");
                case STANDBY -> Phrase.of("what it runs on is ill, and a standby is there");
                case REBUILD ->
                        Phrase.of("nothing runs that people could be led to; backups are there");
            };
        }
    }

    /** As the guides count them. */
    private static final Map<String, Phrase> DIFFICULTY =
            Map.of(
                    "vercel", Phrase.of("very low"),
                    "dns", Phrase.of("low"),
                    "compose", Phrase.of("low"),
                    "container", Phrase.of("low"),
                    "source", Phrase.of("medium"),
                    "rebuild", Phrase.of("medium"));

    /** Those of the service of that name, in the order in which they are thought of. */
    public static List<Method> of(Site site, String service) {
        return site.targets().values().stream()
                .filter(target -> target.name().name().equals(service))
                .filter(target -> site.rollbackOf(target.name().kind()).isPresent())
                .map(Method::new)
                .sorted(Comparator.comparing(Method::sort))
                .toList();
    }

    public Sort sort() {
        return switch (target.name().kind()) {
            case "dns" -> Sort.STANDBY;
            case "rebuild" -> Sort.REBUILD;
            default -> Sort.RELEASE;
        };
    }

    /** How much can go wrong by it; of a kind that no guide knows nobody can say. */
    public Phrase difficulty() {
        return DIFFICULTY.getOrDefault(target.name().kind(), Phrase.of("unknown"));
    }
}
