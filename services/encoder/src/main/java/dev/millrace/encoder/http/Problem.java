package dev.millrace.encoder.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;

/** RFC 9457, with the member {@code error} in which OpenAI's clients look for the message. */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> field,
        OpenAiError error) {
    private static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String title, String detail, Optional<String> field) {
        final String kind = status < 500 ? "invalid_request_error" : "server_error";
        final String message = field.map(name -> name + " " + detail).orElse(detail);
        final String code = title.toLowerCase(Locale.ROOT).replace(' ', '_');
        return new Problem("about:blank", title, status, detail, field, new OpenAiError(message, kind, field, code));
    }

    Response.ResponseBuilder response() {
        return Response.status(status)
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .entity(this);
    }

    /** OpenAI's error; a missing parameter is written as null there. */
    record OpenAiError(String message, String type, Optional<String> param, String code) {}
}
