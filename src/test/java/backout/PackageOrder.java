package backout;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which package may import which. A package that does not exist yet breaks nothing; one that is
 * named nowhere here does.
 *
 * @param root the package that everything is in
 */
record PackageOrder(String root) {
    private static final List<String> CORE =
            List.of(
                    "language",
                    "problem",
                    "chat",
                    "check",
                    "plan",
                    "approval",
                    "command",
                    "run",
                    "audit",
                    "incident",
                    "report",
                    "frontdesk");
    private static final List<String> MEANS =
            List.of(
                    "host",
                    "git",
                    "supervisor",
                    "docker",
                    "archive",
                    "http",
                    "dns",
                    "redis",
                    "calendar");
    private static final List<String> CORE_LIBRARIES =
            List.of(
                    "java.",
                    "org.slf4j.",
                    "org.jspecify.annotations.",
                    // a parser: nothing outside is reached with it
                    "tools.jackson.core.",
                    "tools.jackson.databind.");

    /** Each of these folders holds one adapter per package. */
    private static final List<String> ADAPTER_FOLDERS =
            List.of("chat", "notify", "executor", "store");

    /** What joins them on one host; {@code App} stands among them as if it were a package. */
    private static final List<String> SITE =
            List.of("config", "watch", "operations", "init", "demo", "App", "serve", "cli", "Main");

    private static final Set<String> STARTS = Set.of("Main", "WarmUp", "package-info");

    /** Where a class stands; sub-packages stand with the package that they are in. */
    private sealed interface Place {
        record Core(int position) implements Place {}

        record Means(int position) implements Place {}

        record Adapter(String name) implements Place {}

        record Site(int position) implements Place {}
    }

    /** Lines of the form {@code plan.Step imports docker.Engine, …}. */
    List<String> violations(JavaClasses classes) {
        return classes.stream().flatMap(this::violationsOf).distinct().sorted().toList();
    }

    private Stream<String> violationsOf(JavaClass type) {
        var place = placeOf(type);
        if (place.isEmpty()) {
            return Stream.of(shortName(type) + " is in a package that PackageOrder does not name");
        }
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(used -> !used.isPrimitive() && !mayUse(place.get(), used))
                .map(used ->
                        shortName(type)
                                + " imports "
                                + shortName(used)
                                + ", which its package may not");
    }

    private boolean mayUse(Place from, JavaClass used) {
        if (!isOurs(used)) {
            return !(from instanceof Place.Core)
                    || CORE_LIBRARIES.stream().anyMatch(used.getName()::startsWith);
        }
        // a class without a place is told about once, by itself
        return placeOf(used).map(to -> mayUse(from, to)).orElse(true);
    }

    private static boolean mayUse(Place from, Place to) {
        return switch (from) {
            case Place.Site(var position) ->
                    !(to instanceof Place.Site(var other)) || other <= position;
            case Place.Adapter _ ->
                    to.equals(from) || to instanceof Place.Core || to instanceof Place.Means;
            case Place.Means(var position) ->
                    switch (to) {
                        case Place.Core _ -> true;
                        case Place.Means(var other) -> other <= position;
                        case Place.Adapter _, Place.Site _ -> false;
                    };
            case Place.Core(var position) ->
                    to instanceof Place.Core(var other) && other <= position;
        };
    }

    private Optional<Place> placeOf(JavaClass type) {
        var path =
                type.getPackageName().equals(root)
                        ? ""
                        : type.getPackageName().substring(root.length() + 1);
        if (path.isEmpty()) {
            return placeOf(STARTS.contains(outermost(type)) ? "Main" : outermost(type));
        }
        var names = path.split("\\.", -1);
        if (names.length > 1 && ADAPTER_FOLDERS.contains(names[0])) {
            return Optional.of(new Place.Adapter(names[0] + "." + names[1]));
        }
        return placeOf(names[0]);
    }

    private static Optional<Place> placeOf(String name) {
        if (CORE.contains(name)) {
            return Optional.of(new Place.Core(CORE.indexOf(name)));
        }
        if (MEANS.contains(name)) {
            return Optional.of(new Place.Means(MEANS.indexOf(name)));
        }
        return SITE.contains(name)
                ? Optional.of(new Place.Site(SITE.indexOf(name)))
                : Optional.empty();
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    private String outermost(JavaClass type) {
        return shortName(type).replaceFirst("\\$.*", "");
    }

    private String shortName(JavaClass type) {
        return isOurs(type) ? type.getName().substring(root.length() + 1) : type.getName();
    }
}
