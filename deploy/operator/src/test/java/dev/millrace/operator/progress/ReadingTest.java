package dev.millrace.operator.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.condition.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReadingTest {
    private static final String TRAINER = """
        # TYPE millrace_trainer_lag_records gauge
        millrace_trainer_lag_records %s
        millrace_trainer_time_behind_seconds %s
        millrace_trainer_lagging_partitions %s
        millrace_trainer_broker_reachable 1.0
        millrace_trainer_head_info{version="%s",} 1.0
        millrace_trainer_hit_at_1 %s
        millrace_trainer_trusted 1.0
        millrace_trainer_standstill 0.0
        millrace_trainer_refused_in_a_row 0.0
        """;

    @Test
    void trainersShareTheBacklogAndTheNewestKnowsTheHead() {
        // Given
        final Map<String, Optional<Metrics>> trainers = Map.of(
                "t-0", said(TRAINER.formatted("100.0", "2.5", "2.0", "v000007-aa", "0.81")),
                "t-1", said(TRAINER.formatted("1.5E3", "40.0", "1.0", "v000008-bb", "0.84")));

        // When
        final Observation observation = Reading.of(trainers, Map.of());

        // Then
        assertThat(observation.backlog()).contains(new Backlog(1600, Duration.ofSeconds(40), 3));
        assertThat(observation.head()).contains(new Head("v000008-bb", Optional.of(.84), Optional.of(true)));
        assertThat(observation.troubles()).isEmpty();
    }

    @Test
    void oneThatDoesNotAnswerLeavesTheBacklogUnknown() {
        // Given
        final Map<String, Optional<Metrics>> trainers = Map.of(
                "t-0", said(TRAINER.formatted("0.0", "0.0", "0.0", "v000007-aa", "NaN")), "t-1", Optional.empty());

        // When
        final Observation observation = Reading.of(trainers, Map.of());

        // Then
        assertThat(observation.backlog()).isEmpty();
        assertThat(observation.head()).contains(new Head("v000007-aa", Optional.empty(), Optional.of(true)));
        assertThat(observation.troubles()).extracting(Trouble::reason).containsExactly("TrainerSilent");
    }

    /** What a trainer last knew of the lag is no reason to take it away. */
    @Test
    void oneWithoutItsBrokerLeavesTheBacklogUnknown() {
        // Given
        final String away = TRAINER.formatted("0.0", "0.0", "0.0", "v000007-aa", "0.8")
                .replace("broker_reachable 1.0", "broker_reachable 0.0");

        // When
        final Observation observation = Reading.of(Map.of("t-0", said(away)), Map.of());

        // Then
        assertThat(observation.backlog()).isEmpty();
        assertThat(observation.troubles()).extracting(Trouble::reason).containsExactly("BrokerUnreachable");
    }

    @Test
    void whatATrainerComplainsOfIsTold() {
        // Given
        final String text = TRAINER.formatted("0.0", "0.0", "0.0", "v000007-aa", "0.8");
        final Map<String, Optional<Metrics>> trainers = Map.of(
                "t-0", said(text.replace("standstill 0.0", "standstill 1.0")),
                "t-1", said(text.replace("refused_in_a_row 0.0", "refused_in_a_row 4.0")));

        // When
        final List<Trouble> troubles = Reading.of(trainers, Map.of()).troubles();

        // Then
        assertThat(troubles).extracting(Trouble::reason).containsExactlyInAnyOrder("Standstill", "VersionsRefused");
        assertThat(troubles).anyMatch(trouble -> trouble.message().contains("refused 4 versions in a row"));
    }

    @Test
    void servedIsWhatMostEncodersServe() {
        // Given
        final String served = "millrace_encoder_served_version_info{channel=\"stable\",space=\"s\",version=\"%s\"} 1.0";
        final Map<String, Optional<Metrics>> encoders = Map.of(
                "e-0", said(served.formatted("v000007-aa")),
                "e-1", said(served.formatted("v000008-bb")),
                "e-2", said(served.formatted("v000007-aa")),
                "e-3", Optional.empty());

        // When
        final Observation observation = Reading.of(Map.of(), encoders);

        // Then
        assertThat(observation.served()).contains("v000007-aa");
        assertThat(observation.backlog()).as("without a trainer nobody knows").isEmpty();
    }

    private static Optional<Metrics> said(String text) {
        return Optional.of(Metrics.read(text));
    }
}
