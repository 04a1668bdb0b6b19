package dev.millrace.operator.condition;

import dev.millrace.operator.apply.Workload;
import dev.millrace.operator.progress.Backlog;
import dev.millrace.operator.progress.Head;
import dev.millrace.operator.progress.Observation;
import dev.millrace.operator.resource.BacklogStatus;
import dev.millrace.operator.resource.Encoder;
import dev.millrace.operator.resource.EncoderStatus;
import dev.millrace.operator.resource.QualityStatus;
import dev.millrace.operator.resource.TrainersStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the status says of what was seen. */
public final class Report {
    private final InstantSource clock;

    public Report(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What was seen in one pass.
     *
     * @param reason why there are so many trainers; empty where that was not decided
     * @param troubles what keeps the encoder from what was asked for, the gravest first
     * @param objects what belongs to it
     */
    public record Seen(
            List<Workload> workloads,
            Observation observation,
            Optional<String> reason,
            List<Trouble> troubles,
            List<String> objects) {}

    /** The new status. */
    public EncoderStatus of(Encoder encoder, Seen seen) {
        final EncoderStatus before = encoder.getStatus();
        final long generation =
                Optional.ofNullable(encoder.getMetadata().getGeneration()).orElse(0L);
        final List<Trouble> troubles = Stream.concat(seen.troubles().stream(), seen.observation().troubles().stream())
                .toList();
        return new EncoderStatus(
                generation,
                quality(seen.observation()),
                backlog(seen.observation().backlog()),
                trainers(seen, before.trainers()),
                progress(seen),
                seen.objects(),
                new Conditions(generation, before.conditions(), clock.instant())
                        .of(seen.workloads(), seen.observation(), troubles));
    }

    /** The status as it was, and that nothing could be seen. */
    public EncoderStatus failed(Encoder encoder, Trouble trouble) {
        final EncoderStatus before = encoder.getStatus();
        return new EncoderStatus(
                before.observedGeneration(),
                before.quality(),
                before.backlog(),
                before.trainers(),
                before.progress(),
                before.objects(),
                new Conditions(before.observedGeneration(), before.conditions(), clock.instant()).with(trouble));
    }

    private static QualityStatus quality(Observation observation) {
        final Optional<Head> head = observation.head();
        return new QualityStatus(
                observation.served().orElse(null),
                head.map(Head::version).orElse(null),
                head.flatMap(Head::hitAt1).orElse(null),
                head.flatMap(Head::trusted)
                        .map(trusted -> trusted ? "trusted" : "refused")
                        .orElse(null));
    }

    private static BacklogStatus backlog(Optional<Backlog> backlog) {
        return new BacklogStatus(
                backlog.map(Backlog::records).orElse(null),
                backlog.map(known -> known.behind().toSeconds()).orElse(null),
                backlog.map(Backlog::partitions).orElse(null));
    }

    private static TrainersStatus trainers(Seen seen, TrainersStatus before) {
        final String reason = seen.reason().orElse(before.reason());
        return trainers(seen.workloads())
                .map(trainers -> new TrainersStatus(trainers.wanted(), trainers.ready(), reason, trainers.selector()))
                .orElseGet(() -> new TrainersStatus(0, 0, reason, before.selector()));
    }

    private static Optional<Workload> trainers(List<Workload> workloads) {
        return workloads.stream()
                .filter(workload -> workload.component().equals("trainer"))
                .findFirst();
    }

    private static String progress(Seen seen) {
        final Observation observation = seen.observation();
        return Stream.of(
                        observation
                                .served()
                                .map(version -> "serves " + version)
                                .or(() -> Optional.of("serves nothing yet")),
                        observation.head().map(head -> "head " + head.version()),
                        observation.backlog().map(backlog -> "%d records, %d s behind"
                                .formatted(backlog.records(), backlog.behind().toSeconds())),
                        trainers(seen.workloads()).map(trainers -> "%d of %d trainers ready"
                                .formatted(trainers.ready(), trainers.wanted())))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }
}
