package dev.millrace.encoder.request;

/** Every way a request can fail, mapped once to the wire. */
public enum Failure {
    INVALID,
    UNAUTHORIZED,
    UNKNOWN_MODEL,
    UNENCODABLE,
    TOO_LARGE,
    OVERLOADED,
    NOT_READY,
    DEADLINE,
    ABANDONED,
    INTERNAL
}
