package dev.millrace.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.Encoders;
import dev.millrace.operator.apply.Workload;
import dev.millrace.operator.condition.Report.Seen;
import dev.millrace.operator.progress.Backlog;
import dev.millrace.operator.progress.Head;
import dev.millrace.operator.progress.Observation;
import dev.millrace.operator.resource.Encoder;
import dev.millrace.operator.resource.EncoderStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static final Instant THEN = Instant.parse("2026-11-30T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-30T10:05:00.123Z");

    @Test
    void aStatusSaysInASentenceHowItDoes() {
        // Given
        final Observation observation = new Observation(
                Optional.of("v000012-aa"),
                Optional.of(new Head("v000013-bb", Optional.of(.83), Optional.of(false))),
                Optional.of(new Backlog(120, Duration.ofMillis(14_900), 3)),
                List.of());

        // When
        final EncoderStatus status = at(NOW, Encoders.smallest(), observation, List.of(), trainers(2, 1));

        // Then
        assertThat(status.progress())
                .isEqualTo("serves v000012-aa; head v000013-bb; 120 records, 14 s behind; 1 of 2 trainers ready");
        assertThat(status.quality().gate()).isEqualTo("refused");
        assertThat(status.observedGeneration()).isEqualTo(1);
    }

    @Test
    void readyIsWhatHasAPodOfEverythingReady() {
        // Given
        final Workload none = new Workload("encoder", 2, 2, 0, "component=encoder");

        // When
        final EncoderStatus status =
                at(NOW, Encoders.smallest(), Observation.nothing(), List.of(), trainers(2, 1), none);

        // Then
        assertThat(condition(status, "Ready").getStatus()).isEqualTo("False");
        assertThat(condition(status, "Ready").getMessage())
                .isEqualTo("no encoder of 2 is ready: see kubectl get pods -l component=encoder");
        assertThat(condition(status, "Progressing").getMessage())
                .isEqualTo("trainer: 1 of 2 ready, 2 as asked for; encoder: 0 of 2 ready, 2 as asked for");
    }

    @Test
    void theSpecsTroubleComesBeforeThePods() {
        // Given
        final Observation complaint = new Observation(
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(new Trouble("Standstill", "look there")));

        // When
        final EncoderStatus status =
                at(NOW, Encoders.smallest(), complaint, List.of(Trouble.invalid("spec.preset", "no")), trainers(1, 1));

        // Then
        assertThat(condition(status, "Degraded").getReason()).isEqualTo("InvalidSpec");
        assertThat(condition(status, "Degraded").getMessage()).isEqualTo("spec.preset: no; look there");
    }

    @Test
    void aConditionKeepsItsTimeUntilItIsAnother() {
        // Given
        final Encoder encoder = Encoders.smallest();
        encoder.setStatus(EncoderStatus.blank());
        encoder.setStatus(at(THEN, encoder, Observation.nothing(), List.of(), trainers(2, 1)));

        // When
        final EncoderStatus status = at(NOW, encoder, Observation.nothing(), List.of(), trainers(2, 2));

        // Then
        assertThat(condition(status, "Ready").getLastTransitionTime()).isEqualTo("2026-11-30T10:00:00Z");
        assertThat(condition(status, "Progressing").getLastTransitionTime()).isEqualTo("2026-11-30T10:05:00Z");
    }

    /** An API server that did not answer once says nothing of the pods. */
    @Test
    void aFailureLeavesAllElseAsItWas() {
        // Given
        final Encoder encoder = Encoders.smallest();
        encoder.setStatus(EncoderStatus.blank());
        encoder.setStatus(at(THEN, encoder, Observation.nothing(), List.of(), trainers(2, 2)));

        // When
        final EncoderStatus status = new Report(() -> NOW).failed(encoder, new Trouble("Failed", "no answer"));

        // Then
        assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
        assertThat(condition(status, "Degraded").getMessage()).isEqualTo("no answer");
        assertThat(status.objects()).containsExactly("v1/Service/a");
    }

    private static EncoderStatus at(
            Instant time, Encoder encoder, Observation observation, List<Trouble> troubles, Workload... workloads) {
        if (encoder.getStatus() == null) {
            encoder.setStatus(EncoderStatus.blank());
        }
        final Seen seen =
                new Seen(List.of(workloads), observation, Optional.of("enough"), troubles, List.of("v1/Service/a"));
        return new Report(() -> time).of(encoder, seen);
    }

    private static Workload trainers(int wanted, int ready) {
        return new Workload("trainer", wanted, wanted, ready, "component=trainer");
    }

    private static Condition condition(EncoderStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
