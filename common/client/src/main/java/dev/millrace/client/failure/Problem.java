package dev.millrace.client.failure;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** RFC 9457's members that Millrace writes; of a body that is none of it, the beginning. */
public record Problem(int status, String title, String detail, Optional<String> field) {
    private static final int SHOWN_CHARS = 200;

    public static Problem of(int status, Optional<JsonNode> json, byte[] body) {
        return json.filter(root -> root.path("title").isTextual())
                .map(root -> new Problem(
                        status,
                        root.path("title").asText(),
                        root.path("detail").asText(),
                        Optional.ofNullable(root.path("field").textValue())))
                .orElseGet(() -> plain(status, body));
    }

    private static Problem plain(int status, byte[] body) {
        final String text = new String(body, StandardCharsets.UTF_8).strip();
        return new Problem(
                status, "no problem+json", text.substring(0, Math.min(SHOWN_CHARS, text.length())), Optional.empty());
    }

    @Override
    public String toString() {
        return status + " " + title + ": " + field.map(name -> name + " ").orElse("") + detail;
    }
}
