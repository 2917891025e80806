package backout.run;

import java.time.Duration;
import java.util.List;

/**
 * What the checks said once, outside of any run.
 *
 * @param took how long the look of each row took, in the order of the rows; zero where nobody
 *     looked
 */
public record Glance(Evidence evidence, List<Duration> took) {
    public Glance {
        took = List.copyOf(took);
        if (took.size() != evidence.rows().size()) {
            throw new IllegalArgumentException("each row has its time");
        }
    }
}
