package dev.millrace.ingestion.http;

/** Every way in which this service fails a request, and the status; what HTTP itself refuses is in common/service. */
enum Failure {
    MALFORMED(400, "Malformed request"),
    ALL_REFUSED(400, "Every item was refused"),
    TOO_LARGE(413, "Request too large"),
    OVERLOADED(429, "Overloaded"),
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
