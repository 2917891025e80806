package backout.supervisor;

import backout.problem.Problem;

import java.util.List;

/**
 * What runs out of a folder.
 *
 * @param owners each keeps one service of it: the holder of the port first, then workers; empty
 *     when nothing runs and nothing is known that would
 * @param against why it is not to be stopped and started: a container or another user's process
 *     holds the port, or nobody could tell who does. Empty when nothing speaks against it
 */
public record Found(List<Supervisor> owners, List<Problem> against) {
    public Found {
        owners = List.copyOf(owners);
        against = List.copyOf(against);
    }
}
