package backout.check;

/** The order in which checks are shown and looked at: there is no identity without life. */
public enum Stage {
    LIVENESS,
    IDENTITY,
    FUNCTIONAL,
    LIMITS,
    DATA;

    /** Derived, so that nobody has to say it: the field tells, and who asks for an identity. */
    static Stage of(Subject subject, Condition condition) {
        return switch (condition.field()) {
            case STATE, HEALTH, RESTARTS -> LIVENESS;
            case IMAGE -> IDENTITY;
            case STATUS -> subject.secret().isPresent() ? FUNCTIONAL : LIVENESS;
            case BODY -> condition.identifies() ? IDENTITY : FUNCTIONAL;
            case RESPONSE_TIME, MEMORY, CPU, FREE -> LIMITS;
            case KEYS -> DATA;
        };
    }
}
