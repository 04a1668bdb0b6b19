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
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The mock knows no server-side apply: here it makes what is not there, and else merges. Fields that are not applied any
 * more stay, unlike in a cluster. What the operator asks is kept.
 */
final class ApplyingDispatcher extends KubernetesCrudDispatcher {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final int NOT_FOUND = 404;
    /** As whom the test itself asks. */
    static final String TEST = "test";

    /** What everybody may ask, and the mock does not answer. */
    private static final Map<String, String> EVERYBODYS =
            Map.of("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", """
                {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview", "status": {"incomplete": false,
                 "nonResourceRules": [], "resourceRules": [{"apiGroups": ["coordination.k8s.io"], "resources": ["leases"],
                 "verbs": ["create", "get", "update", "patch"]}]}}
                """);

    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What the operator asked of the API server; {@code path} is without the query. */
    record Request(String method, String path, String query) {}

    List<Request> requests() {
        return requests;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        final String[] parts = request.getPath().split("\\?", 2);
        if (EVERYBODYS.containsKey(parts[0])) {
            return new MockResponse().setResponseCode(200).setBody(EVERYBODYS.get(parts[0]));
        }
        if (!TEST.equals(request.getHeader("User-Agent"))) {
            requests.add(new Request(request.getMethod(), parts[0], parts.length > 1 ? parts[1] : ""));
        }
        return super.dispatch(request);
    }

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
        if (!String.valueOf(request.getHeader("Content-Type")).contains("apply-patch")) {
            return super.handlePatch(request);
        }
        final String path = request.getPath().replaceFirst("\\?.*", "");
        final MockResponse stored = handleGet(path.replaceFirst("/status$", ""));
        if (stored.code() == NOT_FOUND) {
            // Who applies what is not there must be allowed to make it.
            final String collection = path.substring(0, path.lastIndexOf('/'));
            requests.add(new Request("POST", collection, ""));
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
                .forEach(entry -> object.set(entry.getKey(), merge(object.path(entry.getKey()), entry.getValue())));
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
