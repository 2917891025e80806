package backout.docker;

import backout.plan.Step;
import backout.problem.ProblemException;
import backout.run.Receipt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person types to have the container back that {@link SwapMove} replaced. */
record SwapByHand(ContainerSwap swap, SwapMove.Maker maker, Step step) {
    /** By how far it came: nothing is removed that has its own name again. */
    List<String> lines(Optional<Receipt> receipt) {
        if (receipt.isEmpty()) {
            return List.of(start());
        }
        Optional<SwapReceipt> second = SwapRecord.readBack(receipt.get());
        return second.isPresent() ? halfBack(second.get()) : former(SwapRecord.read(receipt.get()));
    }

    private String start() {
        return docker("start", step.need("container"));
    }

    private String docker(String... words) {
        return maker.typed(Stream.concat(Stream.of("docker"), Stream.of(words)).toList());
    }

    private List<String> up() {
        return maker.anew(step);
    }

    /** What has the name already is as the former one was; what it replaces goes. */
    private List<String> halfBack(SwapReceipt second) {
        Optional<SwapSight> sight = look(second);
        if (sight.flatMap(SwapSight::fresh).isEmpty()) {
            return up();
        }
        return sight.flatMap(SwapSight::old).isPresent()
                ? List.of(docker("rm", "-f", second.asideName()), start())
                : List.of(start());
    }

    /** The former one itself, which has no restart policy while it is kept. */
    private List<String> former(SwapReceipt kept) {
        Optional<SwapSight> sight = look(kept);
        Optional<ContainerState> old = sight.flatMap(SwapSight::old);
        if (old.isEmpty()) {
            return up();
        }
        var lines = new ArrayList<String>();
        if (!old.get().name().equals(kept.container())) {
            if (sight.flatMap(SwapSight::fresh).isPresent()) {
                lines.add(docker("rm", "-f", kept.container()));
            }
            lines.add(docker("rename", kept.asideName(), kept.container()));
        }
        if (!old.get().restartPolicy().equals(kept.restartPolicy())) {
            String policy = kept.restartPolicy().option();
            lines.add(docker("update", "--restart", policy, kept.container()));
        }
        lines.add(start());
        return lines;
    }

    /** Empty when the engine does not tell; a name must not be removed unseen then. */
    private Optional<SwapSight> look(SwapReceipt receipt) {
        try {
            return Optional.of(swap.look(receipt));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
