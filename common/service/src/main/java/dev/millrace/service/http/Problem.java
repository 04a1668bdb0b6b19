package dev.millrace.service.http;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a request got no answer, as RFC 9457 says it.
 *
 * @param title the kind of problem in few words
 * @param status an HTTP status of 400 to 599
 * @param detail what is wrong with this request, for its sender
 * @param members further members by name, written behind the standard ones
 * @param retryAfter after which time the same request may succeed; empty: it will not by waiting
 */
public record Problem(
        String title, int status, String detail, Map<String, Object> members, Optional<Duration> retryAfter) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** A problem without further members that no waiting solves. */
    public static Problem of(int status, String title, String detail) {
        return new Problem(title, status, detail, Map.of(), Optional.empty());
    }

    /** The body is not what is taken here. */
    public static Problem malformed(String detail) {
        return of(400, "Malformed request", detail);
    }

    /** The caller has not said who it is, or not rightly. */
    public static Problem unauthorized() {
        return of(UNAUTHORIZED, "Unauthorized", "Authorization: Bearer with this service's token is needed");
    }

    /** The caller is known, and this is not for it. */
    public static Problem forbidden(String detail) {
        return of(FORBIDDEN, "Forbidden", detail);
    }

    /** The body comes in a {@code Content-Encoding}. */
    public static Problem compressed() {
        return of(
                415,
                "Unsupported content encoding",
                "a body with a Content-Encoding is not taken: send it as it is, without compression");
    }

    /** The body has more than {@code maxBytes} bytes. */
    public static Problem tooLarge(long maxBytes) {
        return of(413, "Request too large", "the body must have at most " + maxBytes + " bytes");
    }

    /** The service is at fault. */
    public static Problem internal() {
        return of(500, "Internal error", "the request failed inside the service, its log says why");
    }

    /** This problem with one more member; a member of that name is replaced. */
    public Problem with(String member, Object value) {
        final Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(title, status, detail, more, retryAfter);
    }

    /** This problem with another status. */
    public Problem as(int other) {
        return new Problem(title, other, detail, members, retryAfter);
    }

    /** This problem as one that passes. */
    public Problem passingAfter(Duration time) {
        return new Problem(title, status, detail, members, Optional.of(time));
    }

    /** The response's headers by name, the media type among them. */
    public Map<String, String> headers() {
        final Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", MEDIA_TYPE);
        retryAfter.ifPresent(time -> headers.put("Retry-After", Long.toString(time.toSeconds())));
        if (status == UNAUTHORIZED) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        if (status == FORBIDDEN) {
            headers.put("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
        }
        return headers;
    }

    /** The response's body. */
    @JsonValue
    public Map<String, Object> json() {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "about:blank");
        json.put("title", title);
        json.put("status", status);
        json.put("detail", detail);
        json.putAll(members);
        return json;
    }
}
