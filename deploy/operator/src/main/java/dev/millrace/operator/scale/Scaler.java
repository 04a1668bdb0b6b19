package dev.millrace.operator.scale;

import dev.millrace.operator.progress.Backlog;
import dev.millrace.operator.resource.Encoder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Decides for every encoder, and remembers for each what was wanted. */
public final class Scaler {
    /** The longest that a spec may look back. */
    private static final Duration HORIZON = Duration.ofDays(1);

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<String, History> histories = new ConcurrentHashMap<>();

    public Scaler(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * How many trainers the encoder is to have.
     *
     * @param trainers how many it has; empty: none were made yet
     */
    public Decision decide(Encoder encoder, Optional<Integer> trainers, Optional<Backlog> backlog) {
        final Bounds bounds = Bounds.of(encoder.getSpec());
        final int replicas = trainers.orElse(bounds.min());
        final Situation now = new Situation(replicas, backlog, () -> room(encoder, replicas));
        final History history = histories.computeIfAbsent(encoder.getMetadata().getUid(), uid -> new History(HORIZON));
        return Scaling.decide(bounds, now, history, clock.instant());
    }

    /** The encoder is gone. */
    public void forget(Encoder encoder) {
        histories.remove(encoder.getMetadata().getUid());
    }

    /** Trainers whose pods are still to be made have their claim, too: else they would be given away again meanwhile. */
    private OptionalInt room(Encoder encoder, int trainers) {
        final String resource = encoder.getSpec().trainers().gpu();
        if (resource.isEmpty()) {
            return OptionalInt.empty();
        }
        final List<Pod> pods = client.pods().inAnyNamespace().list().getItems();
        final int free =
                Gpus.free(resource, selector(encoder), client.nodes().list().getItems(), pods);
        final long made = pods.stream().filter(pod -> isTrainer(encoder, pod)).count();
        return OptionalInt.of((int) Math.max(0, free - Math.max(0, trainers - made)));
    }

    private static boolean isTrainer(Encoder encoder, Pod pod) {
        final Map<String, String> labels =
                Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
        return encoder.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace())
                && encoder.getMetadata().getName().equals(labels.get("app.kubernetes.io/instance"))
                && "trainer".equals(labels.get("app.kubernetes.io/component"));
    }

    /** Where trainers may go, as the chart's values say it. */
    private static Map<String, String> selector(Encoder encoder) {
        final Map<String, String> labels = new ConcurrentHashMap<>();
        Optional.ofNullable(encoder.getSpec().values().get("trainer"))
                .map(trainer -> trainer.path("nodeSelector"))
                .ifPresent(selector -> selector.properties()
                        .forEach(label ->
                                labels.put(label.getKey(), label.getValue().asText())));
        return labels;
    }
}
