package backout.run;

import backout.command.Invocation;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Target;

import java.time.InstantSource;
import java.util.Optional;

/** An executor of stories that says its plans and its proof whole, where others lend eyes. */
public interface Scripted extends Executor {
    Plan plan(Target target, Invocation wanted, Ledger ledger, Deadline by);

    Proof proof(Target target);

    @Override
    default Plan plan(Request request, Deadline by) {
        return plan(request.target(), request.wanted(), request.ledger(), by);
    }

    @Override
    default Proof proof(Target target, InstantSource clock, Pause pause) {
        return proof(target);
    }

    @Override
    default Outlook look(Request request, Deadline by) {
        throw new AssertionError("its plans are written already");
    }

    @Override
    default Probes probes(Target target, Optional<Plan> plan, boolean undone) {
        throw new AssertionError("its proof is written already");
    }
}
