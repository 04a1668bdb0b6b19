package dev.millrace.operator.progress;

import dev.millrace.operator.resource.Encoder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Asks every running trainer and encoder for its metrics, all at once. */
public final class HttpProgress implements Progress {
    /** host:port of a pod's metrics where that is not its own address: in front of a pod that only a proxy reaches. */
    static final String ADDRESS = "millrace.dev/management";

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int PORT = 8090;
    private static final int OK = 200;

    private final KubernetesClient client;
    private final Optional<String> token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** With the admins' token, where metrics are for them only. */
    public HttpProgress(KubernetesClient client, Optional<String> token) {
        this.client = client;
        this.token = token;
    }

    @Override
    public Observation of(Encoder encoder) {
        final Map<String, CompletableFuture<Optional<Metrics>>> trainers = ask(encoder, "trainer");
        final Map<String, CompletableFuture<Optional<Metrics>>> encoders = ask(encoder, "encoder");
        return Reading.of(answers(trainers), answers(encoders));
    }

    /** A pod that is still pulled or started, or is about to go, has nothing to say. */
    private Map<String, CompletableFuture<Optional<Metrics>>> ask(Encoder encoder, String component) {
        final Map<String, CompletableFuture<Optional<Metrics>>> asked = new TreeMap<>();
        client
                .pods()
                .inNamespace(encoder.getMetadata().getNamespace())
                .withLabel("app.kubernetes.io/instance", encoder.getMetadata().getName())
                .withLabel("app.kubernetes.io/part-of", "millrace")
                .withLabel("app.kubernetes.io/component", component)
                .list()
                .getItems()
                .stream()
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .forEach(pod -> asked.put(pod.getMetadata().getName(), ask(address(pod))));
        return asked;
    }

    private CompletableFuture<Optional<Metrics>> ask(String address) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + address + "/q/metrics"))
                .timeout(PATIENCE)
                .header("Accept", "text/plain");
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> answer.statusCode() == OK
                        ? Optional.of(Metrics.read(answer.body()))
                        : Optional.<Metrics>empty())
                .exceptionally(failure -> Optional.empty());
    }

    private static String address(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations())
                .flatMap(annotations -> Optional.ofNullable(annotations.get(ADDRESS)))
                .filter(given -> given.matches("[\\w.-]+:\\d{1,5}"))
                .orElseGet(() -> own(String.valueOf(pod.getStatus().getPodIP())));
    }

    private static String own(String address) {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + PORT;
    }

    private static Map<String, Optional<Metrics>> answers(Map<String, CompletableFuture<Optional<Metrics>>> asked) {
        final Map<String, Optional<Metrics>> answers = new TreeMap<>();
        asked.forEach((pod, answer) -> answers.put(pod, answer.join()));
        return answers;
    }
}
