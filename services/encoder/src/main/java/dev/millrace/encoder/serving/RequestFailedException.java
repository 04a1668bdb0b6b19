package dev.millrace.encoder.serving;

import java.util.Optional;

/** A request that gets no vectors, and why, in words for its sender. */
public final class RequestFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final String field;

    private RequestFailedException(Failure failure, String field, String detail) {
        super(detail);
        this.failure = failure;
        this.field = field;
    }

    public static RequestFailedException of(Failure failure, String detail) {
        return new RequestFailedException(failure, "", detail);
    }

    public static RequestFailedException invalid(String field, String detail) {
        return new RequestFailedException(Failure.INVALID, field, detail);
    }

    public static RequestFailedException unknownModel(String detail) {
        return new RequestFailedException(Failure.UNKNOWN_MODEL, "model", detail);
    }

    public Failure failure() {
        return failure;
    }

    public Optional<String> field() {
        return field.isEmpty() ? Optional.empty() : Optional.of(field);
    }
}
