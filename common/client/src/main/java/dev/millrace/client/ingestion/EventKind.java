package dev.millrace.client.ingestion;

/** What is posted, and where. */
public enum EventKind {
    PAIRS("/v1/pairs"),
    IMPRESSIONS("/v1/impressions"),
    CLICKS("/v1/clicks"),
    DOCUMENTS("/v1/documents");

    private final String path;

    EventKind(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }
}
