package dev.millrace.ingestion.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** RFC 9457. */
record Problem(String type, String title, int status, String detail) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail);
    }

    /** A problem of a request whose items were looked at, with the receipt's members beside its own. */
    record WithReceipt(
            @JsonUnwrapped Problem problem, @JsonUnwrapped ReceiptBody receipt) {}
}
