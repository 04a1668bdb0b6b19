package dev.millrace.operator;

import dev.millrace.operator.apply.Workload;
import dev.millrace.operator.chart.Chart;
import dev.millrace.operator.chart.ChartValues;
import dev.millrace.operator.chart.Ownership;
import dev.millrace.operator.condition.TroubleException;
import dev.millrace.operator.progress.Observation;
import dev.millrace.operator.resource.Encoder;
import dev.millrace.operator.scale.Decision;
import dev.millrace.operator.scale.Scaler;
import java.util.List;
import java.util.Optional;

/** From a spec and what was seen to the objects that are to be there. */
final class Planner {
    private final Chart chart;
    private final Scaler scaler;

    Planner(Chart chart, Scaler scaler) {
        this.chart = chart;
        this.scaler = scaler;
    }

    /**
     * What is to be there.
     *
     * @throws TroubleException when the spec is not what it can be; it names the field
     */
    Plan plan(Encoder encoder, List<Workload> workloads, Observation observation) {
        final Optional<Integer> trainers = workloads.stream()
                .filter(workload -> workload.component().equals("trainer"))
                .map(Workload::wanted)
                .findFirst();
        final Decision decision = scaler.decide(encoder, trainers, observation.backlog());
        return new Plan(
                chart
                        .render(
                                encoder.getMetadata().getNamespace(),
                                encoder.getMetadata().getName(),
                                ChartValues.of(encoder.getSpec(), decision.replicas()))
                        .stream()
                        .map(object -> Ownership.of(encoder, object))
                        .toList(),
                decision);
    }

    void forget(Encoder encoder) {
        scaler.forget(encoder);
    }
}
