package dev.millrace.operator.scale;

import dev.millrace.operator.progress.Backlog;
import dev.millrace.operator.resource.Encoder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
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
        final Situation now = new Situation(trainers.orElse(bounds.min()), backlog, () -> room(encoder));
        final History history = histories.computeIfAbsent(encoder.getMetadata().getUid(), uid -> new History(HORIZON));
        return Scaling.decide(bounds, now, history, clock.instant());
    }

    /** The encoder is gone. */
    public void forget(Encoder encoder) {
        histories.remove(encoder.getMetadata().getUid());
    }

    private OptionalInt room(Encoder encoder) {
        final String resource = encoder.getSpec().trainers().gpu();
        if (resource.isEmpty()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Gpus.free(
                resource,
                selector(encoder),
                client.nodes().list().getItems(),
                client.pods().inAnyNamespace().list().getItems()));
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
