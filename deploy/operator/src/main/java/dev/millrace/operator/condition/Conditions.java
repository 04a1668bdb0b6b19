package dev.millrace.operator.condition;

import dev.millrace.operator.apply.Workload;
import dev.millrace.operator.progress.Observation;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The conditions that Kubernetes' tools wait for. Ready: callers and producers are answered, and somebody learns.
 * Progressing: what is there becomes what was asked for. Degraded: somebody has to do something, and what.
 */
public final class Conditions {
    private static final String TRUE = "True";
    private static final String FALSE = "False";

    private final long generation;
    private final List<Condition> before;
    private final Instant now;

    /**
     * Conditions that follow on others.
     *
     * @param generation of the spec that they are of
     * @param before those of the status so far: a condition that is as it was keeps its time
     */
    public Conditions(long generation, List<Condition> before, Instant now) {
        this.generation = generation;
        this.before = List.copyOf(before);
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** All three, by what was seen and what went wrong. */
    public List<Condition> of(List<Workload> workloads, Observation observation, List<Trouble> troubles) {
        return List.of(ready(workloads, observation), progressing(workloads), degraded(troubles));
    }

    /** As they were, but for what went wrong before anything was seen. */
    List<Condition> with(Trouble trouble) {
        return Stream.concat(
                        before.stream().filter(condition -> !condition.getType().equals("Degraded")),
                        Stream.of(degraded(List.of(trouble))))
                .toList();
    }

    private Condition ready(List<Workload> workloads, Observation observation) {
        final Optional<Workload> down =
                workloads.stream().filter(workload -> workload.ready() == 0).findFirst();
        if (workloads.isEmpty()) {
            return condition("Ready", FALSE, "NothingThere", "there are no pods yet");
        }
        return down.map(workload -> condition(
                        "Ready",
                        FALSE,
                        "NotReady",
                        "no %s of %d is ready: see kubectl get pods -l %s"
                                .formatted(workload.component(), workload.wanted(), workload.selector())))
                .orElseGet(() -> condition(
                        "Ready",
                        TRUE,
                        "Serving",
                        observation
                                .served()
                                .map(version -> version + " is served")
                                .orElse("every component has a pod that is ready")));
    }

    private Condition progressing(List<Workload> workloads) {
        final String under = workloads.stream()
                .filter(workload -> !workload.settled())
                .map(workload -> "%s: %d of %d ready, %d as asked for"
                        .formatted(workload.component(), workload.ready(), workload.wanted(), workload.updated()))
                .collect(Collectors.joining("; "));
        return under.isEmpty()
                ? condition("Progressing", FALSE, "Settled", "all pods are as asked for")
                : condition("Progressing", TRUE, "RollingOut", under);
    }

    private Condition degraded(List<Trouble> troubles) {
        return troubles.stream()
                .findFirst()
                .map(trouble -> condition("Degraded", TRUE, trouble.reason(), messages(troubles)))
                .orElseGet(() -> condition("Degraded", FALSE, "AsExpected", "nobody has to do anything"));
    }

    private static String messages(List<Trouble> troubles) {
        return troubles.stream().map(Trouble::message).distinct().collect(Collectors.joining("; "));
    }

    private Condition condition(String type, String status, String reason, String message) {
        final String since = before.stream()
                .filter(condition -> condition.getType().equals(type)
                        && condition.getStatus().equals(status))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElseGet(now::toString);
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }
}
