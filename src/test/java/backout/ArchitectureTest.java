package backout;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Compiled;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

import java.util.List;

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
