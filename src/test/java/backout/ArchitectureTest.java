package backout;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.joining;

import backout.fixture.Compiled;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Holds the order of the packages: core, means, adapters, site. The rules themselves are in {@link
 * PackageOrder}.
 */
class ArchitectureTest {
    private static final String PLANTED = "backout.fixture.planted";

    @Test
    void each_package_imports_only_packages_before_it() {
        var classes = Compiled.classes();
        assertThat(classes).isNotEmpty();
        assertThat(new PackageOrder("backout").violations(classes)).isEmpty();
    }

    @Test
    void whoever_breaks_the_order_is_named_and_nobody_else() {
        assertThat(namesOf(new PackageOrder(PLANTED).violations(planted())))
                .containsExactlyInAnyOrder(
                        "check.UsesLaterCore",
                        "plan.UsesMeans",
                        "plan.UsesLibrary",
                        "plan.UsesAdapterBelowCore",
                        "docker.UsesAdapter",
                        "executor.vercel.UsesSibling",
                        "store.sql.UsesChat",
                        "config.UsesLaterSite",
                        "nowhere.Homeless",
                        "nowhere.package-info",
                        "Stray");
    }

    @Test
    void no_class_of_the_core_knows_a_kind_by_its_name() throws IOException {
        String kinds =
                Main.kinds().stream()
                        .map(kind -> kind.declares().name())
                        .collect(joining("|", "\"(", ")\""));
        var named = new ArrayList<String>();
        for (String folder : List.of("plan", "approval", "command", "run", "report", "frontdesk")) {
            try (var files = Files.walk(Path.of("src/main/java/backout", folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Pattern.compile(kinds)
                            .matcher(Files.readString(file))
                            .results()
                            .forEach(found -> named.add(file + " " + found.group()));
                }
            }
        }
        assertThat(named).isEmpty();
    }

    private static JavaClasses planted() {
        return new ClassFileImporter().importPackages(PLANTED);
    }

    private static List<String> namesOf(List<String> violations) {
        return violations.stream()
                .map(violation -> violation.substring(0, violation.indexOf(' ')))
                .distinct()
                .toList();
    }
}
