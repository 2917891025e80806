package backout.executor.rebuild;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Findings;

import java.util.List;
import java.util.Set;

/** Whether what the project's files ask for will be there. */
final class WantLooks {
    private WantLooks() {}

    private static Findings red(Phrase what, Phrase next) {
        return Findings.red(Problem.of(what, next));
    }

    static Findings all(Prospect prospect) {
        return keys(prospect).and(service(prospect)).and(images(prospect)).and(open(prospect));
    }

    private static Findings open(Prospect prospect) {
        List<String> open = prospect.wants().open();
        return open.isEmpty()
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "variables name the images of these services: whether they are in"
                                        + " the saved file is unknown: {0}",
                                Phrase.list(open)));
    }

    private static Findings keys(Prospect prospect) {
        Wants wants = prospect.wants();
        var findings = Findings.fine();
        if (!wants.required().isEmpty()) {
            findings =
                    red(
                            Phrase.of(
                                    "{0} demands variables that the kept .env does not give: {1}",
                                    prospect.project().file(), sorted(wants.required())),
                            Phrase.of("write them into the .env that is kept, then its checksum"));
        }
        return wants.lacking().isEmpty()
                ? findings
                : findings.and(
                        Findings.amber(
                                Phrase.of(
                                        "the kept .env lacks what .env.example has: {0}",
                                        sorted(wants.lacking()))));
    }

    private static Phrase sorted(Set<String> names) {
        return Phrase.list(names.stream().sorted().toList());
    }

    private static Findings service(Prospect prospect) {
        Wants wants = prospect.wants();
        Project project = prospect.project();
        if (!wants.unread().isEmpty()) {
            return Findings.amber(
                    Phrase.of("what {0} asks for is unknown: {1}", project.file(), wants.unread()));
        }
        Wants.Service service = wants.services().get(project.service());
        if (service == null) {
            return red(
                    Phrase.of("{0} has no service {1}", project.file(), project.service()),
                    Phrase.of("write below service: which of them it is"));
        }
        if (service.isPulled()) {
            return red(
                    Phrase.of(
                            "{0} lets {1} be made or pulled anew, though the saved image is there",
                            project.file(), project.service()),
                    Phrase.of("take pull_policy: out of the kept file, then write its checksum"));
        }
        return service.image().isEmpty()
                        || service.isOpen()
                        || SavedImage.isNamed(project.image(), service.image())
                ? Findings.fine()
                : red(
                        Phrase.of(
                                "{0} starts {1} with the image {2}, and saved is {3}",
                                project.file(),
                                project.service(),
                                service.image(),
                                project.image()),
                        Phrase.of("write the same below image:, or keep the file that names it"));
    }

    private static Findings images(Prospect prospect) {
        List<String> unbuilt =
                prospect.wants().unbuilt(prospect.image()).stream()
                        .filter(name -> !name.equals(prospect.project().service()))
                        .toList();
        List<String> pulled = prospect.wants().pulled(prospect.image());
        Findings findings =
                unbuilt.isEmpty()
                        ? Findings.fine()
                        : red(
                                Phrase.of(
                                        "nothing is built there, and these services' images are"
                                                + " not in the saved file: {0}",
                                        Phrase.list(unbuilt)),
                                Phrase.of(
                                        "give each an image: in the compose file, and save all"
                                                + " with: docker save --output FILE IMAGE…"));
        return pulled.isEmpty()
                ? findings
                : findings.and(
                        Findings.amber(
                                Phrase.of(
                                        "these images are not in the saved file; they are pulled"
                                                + " there: {0}",
                                        Phrase.list(pulled))));
    }
}
