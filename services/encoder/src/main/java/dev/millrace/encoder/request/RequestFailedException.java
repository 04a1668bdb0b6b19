package dev.millrace.encoder.request;

import java.util.Optional;

/** A request that gets no vectors, and why, in words for its sender. */
public final class RequestFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private static final int RETRY_SECONDS = 1;

    private final String field;
    private final int retrySeconds;

    private RequestFailedException(Failure failure, String field, String detail, int retrySeconds) {
        super(detail);
        this.failure = failure;
        this.field = field;
        this.retrySeconds = retrySeconds;
    }

    public static RequestFailedException of(Failure failure, String detail) {
        return new RequestFailedException(failure, "", detail, RETRY_SECONDS);
    }

    public static RequestFailedException invalid(String field, String detail) {
        return new RequestFailedException(Failure.INVALID, field, detail, RETRY_SECONDS);
    }

    /** Nothing where something has to be. */
    public static RequestFailedException empty(String field, String detail) {
        return new RequestFailedException(Failure.EMPTY, field, detail, RETRY_SECONDS);
    }

    /** A text that the version cannot encode, though others it can. */
    public static RequestFailedException unencodable(String field, String detail) {
        return new RequestFailedException(Failure.UNENCODABLE, field, detail, RETRY_SECONDS);
    }

    /** Too much is waiting; worth asking again after so many seconds. */
    public static RequestFailedException overloaded(String detail, int retrySeconds) {
        return new RequestFailedException(Failure.OVERLOADED, "", detail, retrySeconds);
    }

    public static RequestFailedException unknownModel(String detail) {
        return new RequestFailedException(Failure.UNKNOWN_MODEL, "model", detail, RETRY_SECONDS);
    }

    public Failure failure() {
        return failure;
    }

    /** After how many seconds it is worth asking again, where it is at all. */
    public int retrySeconds() {
        return retrySeconds;
    }

    public Optional<String> field() {
        return field.isEmpty() ? Optional.empty() : Optional.of(field);
    }
}
