package backout.run;

import backout.language.Phrase;

import java.time.Duration;

/**
 * What came of one suite.
 *
 * @param list whose it is
 * @param seen that all steps went well, or the first that did not; what its clean-up could not do
 * @param took with its clean-up
 */
public record Played(String list, Evidence.Finding finding, Phrase seen, Duration took) {}
