package dev.millrace.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The mock knows no server-side apply: here it makes what is not there, and else merges. Fields that are not applied any
 * more stay, unlike in a cluster. Every request is kept.
 */
final class ApplyingDispatcher extends KubernetesCrudDispatcher {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final int NOT_FOUND = 404;

    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What was asked of the API server; {@code path} is without the query. */
    record Request(String method, String path, String query) {}

    List<Request> requests() {
        return requests;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        final String[] parts = request.getPath().split("\\?", 2);
        final String query = parts.length > 1 ? parts[1] : "";
        requests.add(new Request(request.getMethod(), parts[0], query));
        return parts[0].equals("/version")
                ? new MockResponse().setResponseCode(200).setBody("{\"major\": \"1\", \"minor\": \"30+\"}")
                : super.dispatch(request);
    }

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
        if (!String.valueOf(request.getHeader("Content-Type")).contains("apply-patch")) {
            return super.handlePatch(request);
        }
        final String path = request.getPath().split("\\?")[0];
        final MockResponse stored = handleGet(path.replaceFirst("/status$", ""));
        if (stored.code() == NOT_FOUND) {
            final String collection = path.substring(0, path.lastIndexOf('/'));
            return handleCreate(with(request, HttpMethod.POST, collection, read(request.getUtf8Body())));
        }
        final JsonNode merged = merge(read(stored.getBody().readUtf8()), read(request.getUtf8Body()));
        return handleUpdate(with(request, HttpMethod.PUT, path, merged));
    }

    private static JsonNode merge(JsonNode stored, JsonNode applied) {
        if (!(stored instanceof ObjectNode object) || !applied.isObject()) {
            return applied;
        }
        applied.properties()
                .forEach(entry -> object.set(
                        entry.getKey(), merge(object.path(entry.getKey()), entry.getValue())));
        return object;
    }

    private static RecordedRequest with(RecordedRequest request, HttpMethod method, String path, JsonNode body) {
        final Buffer bytes = new Buffer(body.toString().getBytes(StandardCharsets.UTF_8));
        return new RecordedRequest("HTTP/1.1", method, path, request.getHeaders(), bytes);
    }

    private static JsonNode read(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
