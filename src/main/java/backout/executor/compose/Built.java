package backout.executor.compose;

import backout.language.Phrase;

import java.util.List;

/**
 * Services that are built from source beside their image's name: whoever builds next puts what the
 * source is now under the name of the release that they went back to.
 */
final class Built {
    private Built() {}

    /** A sentence for each that goes back, with the way forward. */
    static List<Phrase> warnings(Model model, List<Member> members) {
        return members.stream()
                .filter(member -> model.isBuilt(member.service()))
                .map(member -> warning(model, member))
                .toList();
    }

    static boolean isByEveryUp(Model model, String service) {
        return model.isBuilt(service)
                && model.service(service).path("pull_policy").asString("").equals("build");
    }

    private static Phrase warning(Model model, Member member) {
        String service = member.service();
        String image = member.choice().source();
        String build =
                isByEveryUp(model, service) ? "docker compose up" : "docker compose up --build";
        String forward = model.image(service);
        if (image.contains("@")) {
            return Phrase.of(
                    "{0} is built from source, and no build can take the name {1}: {2} and"
                            + " docker compose build refuse until image: is a name without"
                            + " a digest; to go forward again write image: {3} there",
                    service, image, build, forward);
        }
        return Phrase.of(
                "{0} is built from source: the next {1} builds what the source is then"
                        + " under the name {2} and runs that; bring the source back too, or"
                        + " take build: out; to go forward again write image: {3} there",
                service, build, image, forward);
    }
}
