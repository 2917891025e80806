/**
 * The benchmarks of {@code bot/bench}: rounds of our way and its floor in turns, medians, ratios,
 * one verdict. Run by hand, never as tests: machines are noisy. Start at {@link
 * backout.bench.Bench}.
 */
@NullMarked
package backout.bench;

import org.jspecify.annotations.NullMarked;
