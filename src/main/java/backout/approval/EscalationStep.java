package backout.approval;

import java.time.Duration;

/**
 * One level that is called while nobody decides.
 *
 * @param level 1 developer, 2 lead, 3 decides
 * @param after how long after the beginning it is called, zero for at once
 */
public record EscalationStep(int level, Duration after) {}
