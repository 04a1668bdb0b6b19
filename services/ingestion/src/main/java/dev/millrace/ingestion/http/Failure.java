package dev.millrace.ingestion.http;

/** Every way a request fails, and its status; the one table. */
enum Failure {
    MALFORMED(400, "Malformed request"),
    ALL_REFUSED(400, "Every item was refused"),
    UNAUTHORIZED(401, "Unauthorized"),
    TOO_LARGE(413, "Request too large"),
    OVERLOADED(429, "Overloaded"),
    INTERNAL(500, "Internal error"),
    UNACKNOWLEDGED(503, "Not acknowledged");

    private final int status;
    private final String title;

    Failure(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    boolean passes() {
        return this == OVERLOADED || this == UNACKNOWLEDGED;
    }
}
