package dev.millrace.encoder.request;

/** Every way a request can fail, mapped once to the wire. */
public enum Failure {
    INVALID,
    /** A text, or the whole request, that there is nothing in. */
    EMPTY,
    UNAUTHORIZED,
    UNKNOWN_MODEL,
    UNENCODABLE,
    /** What a client's own server can do with other models. */
    UNSUPPORTED,
    TOO_LARGE,
    OVERLOADED,
    NOT_READY,
    DEADLINE,
    ABANDONED,
    INTERNAL
}
