package backout.run;

import backout.plan.Step;

import java.time.Duration;

/** What a step's word stands for: something with a way back, or something without. */
public sealed interface Action permits Move, Task {
    /** How long one attempt may take; the lease is taken for a little longer. */
    Duration within(Step step);
}
