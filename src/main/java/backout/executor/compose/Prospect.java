package backout.executor.compose;

import backout.archive.StateLook;
import backout.archive.Unsaved;
import backout.command.Invocation;
import backout.docker.ContainerSummary;
import backout.docker.ImageLook;
import backout.plan.Chosen;
import backout.plan.Target;
import backout.redis.RedisWay;
import backout.run.Findings;
import backout.run.SecretLook;

import java.util.List;
import java.util.function.Function;

/**
 * What a plan would do, before it is one.
 *
 * @param members the services that go back, in their order
 * @param saved what is backed up besides the project's files; empty for what the container that
 *     runs can write to
 */
record Prospect(
        Scene scene,
        Invocation wanted,
        Chosen choice,
        List<Member> members,
        FileChange change,
        List<String> saved) {
    Prospect {
        members = List.copyOf(members);
        saved = List.copyOf(saved);
    }

    Target target() {
        return scene.target();
    }

    Project project() {
        return scene.project();
    }

    ContainerSummary container() {
        return scene.container();
    }

    /** Whether the command makes this preparation at all. */
    boolean prepares(String action) {
        return wanted.command().prepare().contains(action);
    }

    Findings each(Function<ContainerSummary, Findings> look) {
        return members.stream()
                .map(Member::container)
                .map(look)
                .reduce(Findings.fine(), Findings::and);
    }

    Findings room(ImageLook images, StateLook state) {
        Findings there =
                images.room(container().imageId(), members.stream().map(Member::choice).toList());
        return there.red().isEmpty() ? there.and(state.room()) : there;
    }

    /** Those that the checks name, and the one of the Redis that is backed up. */
    Findings secrets(SecretLook look) {
        List<String> lines = choice.checks(target(), wanted.command().checksFor(target()));
        boolean saves = prepares("compose.backup") && !Unsaved.isWished(wanted);
        Findings checks = look.ofChecks(target(), lines);
        return RedisWay.of(target().settings())
                .filter(_ -> saves)
                .flatMap(RedisWay::password)
                .map(reference -> checks.and(look.ofRedis(target(), reference)))
                .orElse(checks);
    }
}
