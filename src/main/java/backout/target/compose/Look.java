package backout.target.compose;

/** One look at what could make a rollback fail half way; it touches nothing. */
@FunctionalInterface
interface Look {
    Findings at(Prospect prospect);
}
