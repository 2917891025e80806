package backout.run;

import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;

import java.util.Map;
import java.util.Objects;

/** The move of the simulated world, which the tests of the runner stand on. */
class SimMoveTest extends MoveContract {
    private static final Step STEP =
            new Step(
                    "sim.box",
                    World.NAME,
                    Phase.SWITCH,
                    "bad",
                    "good",
                    Map.of(),
                    Phrase.verbatim("sim.box"));

    private World world = anew();

    private World anew() {
        return new World(Scenario.all().getFirst(), _ -> boundary());
    }

    @Override
    protected void arrange() {
        world = anew();
    }

    @Override
    protected Move move() {
        return (Move) Objects.requireNonNull(world.actions().get("sim.box"));
    }

    @Override
    protected Step step() {
        return STEP;
    }

    @Override
    protected String world() {
        return world.places.toString();
    }

    @Override
    protected String traces() {
        return world() + world.arrivals;
    }

    @Override
    protected void refuse() {
        world.answers = false;
    }
}
