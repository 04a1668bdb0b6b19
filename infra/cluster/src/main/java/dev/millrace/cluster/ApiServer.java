package dev.millrace.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;

/**
 * The API server over plain HTTP: what is sent is what was rendered, to the byte of its fields. A typed client would map objects to
 * classes first, and lose or mend the very mistakes that strict validation is here to find.
 */
public final class ApiServer {
    /** Who owns the fields that are applied. */
    private static final String MANAGER = "millrace-cluster";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int OK = 200;
    private static final int FIRST_FAILURE = 400;
    private static final int NOT_FOUND = 404;

    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
    private final URI root;
    private final String token;
    private final HttpClient client;

    private record Kind(String plural, boolean namespaced) {}

    private record Answer(int status, JsonNode body) {}

    ApiServer(URI root, String token, SSLContext trust) {
        this.root = root;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .sslContext(trust)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    /** Whether it has started; false while nobody listens. */
    boolean ready() {
        try {
            return client.send(request("/readyz").GET().build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == OK;
        } catch (IOException e) {
            // Nobody listens yet.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Server-side apply under strict validation.
     *
     * @return the object as the server has it now
     * @throws RefusedException naming the path of an unknown, doubled or ill-typed field
     */
    public JsonNode apply(ObjectName name, JsonNode object) {
        String query = "?fieldManager=" + MANAGER + "&force=true&fieldValidation=Strict";
        return accepted(send(request(path(name) + query)
                .header("Content-Type", "application/apply-patch+yaml")
                .method("PATCH", body(object))));
    }

    /** The same for an object that names itself. */
    public JsonNode apply(String namespace, JsonNode object) {
        return apply(ObjectName.of(object, namespace), object);
    }

    /** Changes what it names, as a person with kubectl patch would: a JSON merge patch. */
    public JsonNode merge(ObjectName name, String part, JsonNode change) {
        return accepted(send(request(path(name) + part)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", body(change))));
    }

    /** Makes a part of an object, such as a pod's {@code eviction}. */
    public JsonNode create(ObjectName name, String part, JsonNode object) {
        return accepted(send(request(path(name) + "/" + part)
                .header("Content-Type", "application/json")
                .POST(body(object))));
    }

    public JsonNode get(ObjectName name) {
        return accepted(send(request(path(name)).GET()));
    }

    /** A part of an object, such as its {@code scale}. */
    public JsonNode get(ObjectName name, String part) {
        return accepted(send(request(path(name) + "/" + part).GET()));
    }

    /** Empty while there is none. */
    public Optional<JsonNode> find(ObjectName name) {
        Answer answer = send(request(path(name)).GET());
        return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(accepted(answer));
    }

    /** All objects of one kind in a namespace that carry a label; of all when the label is empty. */
    public List<JsonNode> list(ObjectName kind, String label) {
        String selector = "?labelSelector=" + URLEncoder.encode(label, StandardCharsets.UTF_8);
        return items(accepted(send(request(collection(kind) + selector).GET())).path("items"));
    }

    public void delete(ObjectName name) {
        accepted(send(request(path(name)).DELETE()));
    }

    private String path(ObjectName name) {
        return collection(name) + "/" + name.name();
    }

    private String collection(ObjectName name) {
        Kind kind = kind(name)
                .orElseThrow(
                        () -> new RefusedException(NOT_FOUND, "no kind " + name.kind() + " in " + name.apiVersion()));
        String group = group(name.apiVersion());
        String place = kind.namespaced() ? "/namespaces/" + name.namespace() : "";
        return group + place + "/" + kind.plural();
    }

    /** Whether objects of its kind can be written. */
    boolean knows(ObjectName name) {
        return kind(name).isPresent();
    }

    private Optional<Kind> kind(ObjectName name) {
        String key = name.apiVersion() + "/" + name.kind();
        Optional<Kind> kind = Optional.ofNullable(kinds.get(key)).or(() -> discover(name));
        kind.ifPresent(found -> kinds.put(key, found));
        return kind;
    }

    private Optional<Kind> discover(ObjectName name) {
        Answer known = send(request(group(name.apiVersion())).GET());
        return items(known.body().path("resources")).stream()
                .filter(resource -> resource.path("kind").asText().equals(name.kind()))
                .filter(resource -> !resource.path("name").asText().contains("/"))
                .map(resource -> new Kind(
                        resource.path("name").asText(),
                        resource.path("namespaced").asBoolean()))
                .findFirst();
    }

    private static String group(String apiVersion) {
        return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(TIMEOUT).header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.BodyPublisher body(JsonNode object) {
        return HttpRequest.BodyPublishers.ofString(object.toString());
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException("the API server does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the API server was asked", e);
        }
    }

    /** A path that nobody serves is answered in words. */
    private static JsonNode json(String body) throws IOException {
        return body.startsWith("{")
                ? JSON.readTree(body)
                : JSON.createObjectNode().put("message", body.strip());
    }

    private static JsonNode accepted(Answer answer) {
        if (answer.status() >= FIRST_FAILURE) {
            throw new RefusedException(
                    answer.status(), answer.body().path("message").asText());
        }
        return answer.body();
    }

    static List<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
