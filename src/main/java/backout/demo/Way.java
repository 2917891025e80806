package backout.demo;

import backout.language.Phrase;
import backout.plan.TargetName;

/** One of the ways in which the guide of claude-relay has it run, each with a target of its own. */
interface Way {
    /** Of the guide: "a Docker Compose project". */
    Phrase says();

    TargetName target();

    /** Keys of the target besides those that all have, as lines of YAML. */
    String settings();

    /** Where the service tells how it is. */
    String healthUrl();

    /** Runs the good release; returns before it answers. */
    void up();

    /** Somebody brings the broken release up; returns before it answers. */
    void deployBroken();

    /** Whether the broken release shows that it is. */
    default boolean isBroken() {
        return health().status() == 500;
    }

    default Health health() {
        return Health.of(healthUrl());
    }
}
