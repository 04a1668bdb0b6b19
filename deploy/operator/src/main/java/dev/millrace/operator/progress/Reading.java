package dev.millrace.operator.progress;

import dev.millrace.operator.condition.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** From what each process says of itself to how the encoder does. */
final class Reading {
    private static final int REFUSED_IN_A_ROW = 3;
    private static final double MILLIS = 1000;

    private Reading() {}

    /**
     * What it comes to.
     *
     * @param trainers of every running trainer by its pod's name; empty where it did not answer
     * @param encoders of every running encoder, likewise
     */
    static Observation of(Map<String, Optional<Metrics>> trainers, Map<String, Optional<Metrics>> encoders) {
        final List<Metrics> heard =
                trainers.values().stream().flatMap(Optional::stream).toList();
        return new Observation(served(encoders), head(heard), backlog(trainers), troubles(trainers));
    }

    private static Optional<String> served(Map<String, Optional<Metrics>> encoders) {
        return encoders.values().stream()
                .flatMap(Optional::stream)
                .flatMap(metrics -> metrics.text("millrace_encoder_served_version_info", "version").stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    /** Names of versions begin with their number: the greatest is the newest. */
    private static Optional<Head> head(List<Metrics> trainers) {
        return trainers.stream()
                .flatMap(metrics -> metrics.text("millrace_trainer_head_info", "version").stream()
                        .map(version -> new Head(
                                version,
                                metrics.figure("millrace_trainer_hit_at_1"),
                                metrics.figure("millrace_trainer_trusted").map(trusted -> trusted == 1))))
                .max(Comparator.comparing(Head::version));
    }

    private static Optional<Backlog> backlog(Map<String, Optional<Metrics>> trainers) {
        Backlog sum = Backlog.NONE;
        for (final Optional<Metrics> metrics : trainers.values()) {
            final Optional<Backlog> own = metrics.flatMap(Reading::backlog);
            if (own.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.and(own.get());
        }
        return trainers.isEmpty() ? Optional.empty() : Optional.of(sum);
    }

    private static Optional<Backlog> backlog(Metrics metrics) {
        if (metrics.says("millrace_trainer_broker_reachable", 0)) {
            return Optional.empty();
        }
        return metrics.figure("millrace_trainer_lag_records")
                .flatMap(records -> metrics.figure("millrace_trainer_time_behind_seconds")
                        .map(seconds -> new Backlog(
                                records.longValue(),
                                Duration.ofMillis((long) (seconds * MILLIS)),
                                metrics.figure("millrace_trainer_lagging_partitions")
                                        .map(Double::intValue)
                                        .orElse(1))));
    }

    private static List<Trouble> troubles(Map<String, Optional<Metrics>> trainers) {
        final List<Trouble> found = new ArrayList<>();
        trainers.forEach((pod, metrics) -> metrics.ifPresentOrElse(
                said -> complaint(pod, said).ifPresent(found::add), () -> found.add(silent(pod))));
        return found;
    }

    private static Optional<Trouble> complaint(String pod, Metrics metrics) {
        if (metrics.says("millrace_trainer_broker_reachable", 0)) {
            return Optional.of(new Trouble(
                    "BrokerUnreachable",
                    pod + " cannot reach the broker or has no topic: see spec.stream and the pod's readiness;"
                            + " the number of trainers stays as it is"));
        }
        if (metrics.says("millrace_trainer_standstill", 1)) {
            return Optional.of(new Trouble(
                    "Standstill", pod + " cannot learn pair after pair: its log says why; millrace rewind goes back"));
        }
        return metrics.figure("millrace_trainer_refused_in_a_row")
                .filter(refused -> refused >= REFUSED_IN_A_ROW)
                .map(refused -> new Trouble(
                        "VersionsRefused",
                        "the gate refused %.0f versions in a row, so what is served stays: millrace versions says why"
                                .formatted(refused)));
    }

    private static Trouble silent(String pod) {
        return new Trouble(
                "TrainerSilent",
                pod + " does not answer at its management port: see its log, and where metrics are for admins only"
                        + " give the operator their token");
    }
}
