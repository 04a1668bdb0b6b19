package dev.millrace.cluster;

/** What the API server did not do, in its own words. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status, 400..599. */
    public int status() {
        return status;
    }
}
