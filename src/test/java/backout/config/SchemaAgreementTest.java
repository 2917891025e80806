package backout.config;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Effort;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An editor and the loader say the same of a file: what the loader accepts the schema accepts, and
 * what only the schema accepts the loader refuses by one of the rules that are named here.
 */
final class SchemaAgreementTest {
    /** What no schema of one file can see; config/README.md tells of it. */
    private static final Map<String, Predicate<String>> ONLY_THE_LOADER =
            Map.ofEntries(
                    rule("a check is written in its own language", "/checks/.+|checks/\\d+: .+"),
                    rule("a check of the command is left out as it stands there", "has no check"),
                    rule("nothing has a YAML tag", "has the tag "),
                    rule("the words of a command", " words: |the words do not ask for "),
                    rule("a policy is one of approvals.yml", "there is no policy "),
                    rule(
                            "people are on call in words of their own",
                            "no rotation|stands in when|no time zone|are on call|twice who is on"
                                    + " call|is nobody here|, who is L|has nobody in it"),
                    rule(
                            "an escalation calls those who may decide, in time",
                            "whose votes do not count|a higher level before|when the time to"
                                    + " approve|what happens then"),
                    rule("a person has accounts of their own", "is the account of "),
                    rule("a command's file is called like it", "the file is called "),
                    rule("each built-in is answered", "no command does: "),
                    rule("a host is one", "there is no host|is itself not reached|hosts scan"),
                    rule(
                            "an address, a user, a port and a key of a host are ones",
                            "name or an IP address|no hyphen|port, 1 to 65535|agent, or file:PATH"),
                    rule(
                            "what is told of which targets, and who is called by what",
                            "that can be told is called|there is no target|there is no receiver"),
                    rule(
                            "a group is of several, each once",
                            "a group has at least two targets|is named twice"),
                    rule(
                            "a list is one of checklists.yml, and a step of its suite is one",
                            "there is no list |is no step of a suite|/(suite|clean-up)/\\d+: asks"),
                    rule("somebody can fulfil it", "nobody has that level|needs \\d+ votes?"),
                    rule(
                            "an IPv6 address is one",
                            "HOST:PORT, is|http:// or https:// address, is"));

    private static Map.Entry<String, Predicate<String>> rule(String name, String told) {
        return Map.entry(name, Pattern.compile(told).asPredicate());
    }

    private final Editor editor = new Editor();

    @Test
    void the_shipped_files_are_right_in_an_editor() throws IOException {
        for (Path folder : List.of(TestSite.CONFIG, TestSite.COMMANDS)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(one -> one.toString().endsWith(".yml")).toList()) {
                    assertThat(editor.complaints(file.toString(), Files.readString(file)))
                            .as(file.toString())
                            .isEmpty();
                }
            }
        }
    }

    static Stream<BrokenFilesTest.Mistake> mistakes() {
        return Stream.of(
                        BrokenFilesTest.keysAndForms(),
                        BrokenFilesTest.acrossFiles(),
                        BrokenFilesTest.yaml())
                .flatMap(some -> some);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_broken_file_is_refused_by_both_or_by_a_named_rule(
            BrokenFilesTest.Mistake mistake, @TempDir Path folder) throws IOException {
        var site = TestSite.in(folder).change(mistake.file(), mistake.old(), mistake.now());
        var disagreement = disagreement(site, mistake.file(), site.problems());
        assertThat(disagreement).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config/backout.yml",
                "config/targets.yml",
                "config/groups.yml",
                "config/checklists.yml",
                "config/hosts.yml",
                "config/people.yml",
                "config/approvals.yml",
                "config/chat.yml",
                "config/notices.yml",
                "commands/compose.yml",
                "commands/unlock.yml"
            })
    void mutated_files_are_judged_alike(String file, @TempDir Path folder) throws IOException {
        long seed = Long.getLong("backout.seed", new Random().nextLong());
        var mutations = new Mutations(new Random(seed), Files.readString(Path.of(file)));
        var site = TestSite.in(folder);
        var both = new HashSet<Boolean>();
        for (int round = 0; round < Effort.of(150, 30); round++) {
            String text = mutations.next();
            site.with(file, text);
            List<String> told = site.problems();
            assertThat(disagreement(site, file, told))
                    .as("seed %d, round %d:%n%s", seed, round, text)
                    .isEmpty();
            both.add(told.isEmpty());
        }
        assertThat(both).as("some are right, some are not").containsExactlyInAnyOrder(true, false);
    }

    /**
     * Empty when both say the same, or a named rule makes the difference.
     *
     * @param told by the loader
     */
    private List<String> disagreement(TestSite site, String file, List<String> told)
            throws IOException {
        List<String> complaints;
        try {
            complaints = editor.complaints(file, Files.readString(site.file(file)));
        } catch (Editor.OtherwiseWritten unseen) {
            return List.of();
        }
        if (complaints.isEmpty()) {
            return told.stream().filter(line -> rulesOf(line).isEmpty()).toList();
        }
        return told.isEmpty() ? complaints : List.of();
    }

    private static Set<String> rulesOf(String told) {
        var names = new HashSet<String>();
        ONLY_THE_LOADER.forEach((name, isIt) -> {
            if (isIt.test(told)) {
                names.add(name);
            }
        });
        return names;
    }

    @Test
    void each_named_rule_is_one_that_no_schema_sees(@TempDir Path folder) throws IOException {
        var seen = new HashSet<String>();
        var extra =
                List.of(
                        new BrokenFilesTest.Mistake(
                                "config/targets.yml",
                                "localhost:6379",
                                "\"[1::2::3]:6379\"",
                                List.of()),
                        new BrokenFilesTest.Mistake(
                                "commands/keep.yml", "name: keep", "name: kept", List.of()),
                        new BrokenFilesTest.Mistake(
                                "config/approvals.yml", "from: L1", "from: L3", List.of()));
        int number = 0;
        for (var mistake : Stream.concat(mistakes(), extra.stream()).toList()) {
            Path own = Files.createDirectory(folder.resolve(Integer.toString(number++)));
            var site = TestSite.in(own).change(mistake.file(), mistake.old(), mistake.now());
            if (complaintsOf(site, mistake.file()).isEmpty()) {
                site.problems().forEach(line -> seen.addAll(rulesOf(line)));
            }
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ONLY_THE_LOADER.keySet());
    }

    private List<String> complaintsOf(TestSite site, String file) throws IOException {
        return new ArrayList<>(editor.complaints(file, Files.readString(site.file(file))));
    }
}
