package dev.millrace.encoder.serving;

/** Every way a request can fail, mapped once to the wire. */
public enum Failure {
    INVALID,
    UNAUTHORIZED,
    UNKNOWN_MODEL,
    TOO_LARGE,
    OVERLOADED,
    NOT_READY,
    DEADLINE,
    INTERNAL
}
