package backout.target.compose;

import backout.docker.Engine;
import backout.docker.Image;
import backout.language.Phrase;

import java.util.List;
import java.util.Optional;

/** Whether the files name the image that runs; somebody may have changed them and not deployed. */
final class NamedImage {
    private NamedImage() {}

    static List<Phrase> warnings(Engine engine, Model model, Member member) {
        String named = model.image(member.service());
        Optional<String> means = engine.images().find(named).map(Image::id);
        String runs =
                engine.stateOf(member.container().id())
                        .map(state -> state.image())
                        .orElse(member.container().image());
        if (named.isEmpty() || means.filter(member.container().imageId()::equals).isPresent()) {
            return List.of();
        }
        if (named.equals(runs)) {
            return means.isEmpty()
                    ? List.of()
                    : List.of(
                            Phrase.of(
                                    "{0} means another image now than {1} runs",
                                    named, member.service()));
        }
        return List.of(
                Phrase.of(
                        "the files name {0} for {1}, but {2} runs", named, member.service(), runs));
    }
}
