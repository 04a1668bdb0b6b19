package dev.millrace.trainer.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.version.Bound;
import dev.millrace.checkpoints.version.Decision;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.trainer.learning.ledger.Account;
import dev.millrace.trainer.learning.ledger.Ledger;
import dev.millrace.trainer.stream.Backlog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerStatusTest {
    private final CheckpointStore store = new CheckpointStore(new InMemoryBucket(Clock.systemUTC()), Clock.systemUTC());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TrainerStatus status = new TrainerStatus(meters, new Pulse(Duration.ofMinutes(1), Clock.systemUTC()));
    private int next;

    @TempDir
    Path folder;

    @Test
    void refusalsInARowAreCountedUntilAVersionIsTrusted() {
        // Given
        published(0.1);
        published(0.9);
        published(0.9);
        double row = inARow();

        // When
        published(0.1);

        // Then
        assertThat(row).isEqualTo(2);
        assertThat(inARow()).isZero();
        assertThat(versions("refused")).isEqualTo(2);
        assertThat(versions("trusted")).isEqualTo(2);
    }

    @Test
    void theLedgerIsToldInThreeFiguresHoweverManyGroupsThereAre() {
        // Given
        boolean before = status.ledger().json().isPresent();
        Account account = new Account(10, 5, 0.3, -0.2, 1);

        // When
        status.ledger().at("v000002-00000000", new Ledger(new TreeMap<>(Map.of("refunds", account)), Account.NONE, 2));

        // Then
        assertThat(before).isFalse();
        assertThat(meters.get("millrace.trainer.forgetting").gauge().value()).isEqualTo(0.3);
        assertThat(meters.get("millrace.trainer.backward.transfer").gauge().value())
                .isEqualTo(-0.2);
        assertThat(meters.get("millrace.trainer.most.forgotten").gauge().value())
                .isEqualTo(0.3);
        assertThat(status.ledger().json().orElseThrow().path("version").asText())
                .isEqualTo("v000002-00000000");
    }

    @Test
    void whatTheHeadIsWorthIsTold() {
        // Given
        TreeMap<String, Double> evaluation = new TreeMap<>(Map.of("hit@1", 0.83));
        double before = gauge("millrace.trainer.hit.at.1");

        // When
        status.head().at(store.publish(draft(0.9, evaluation), folder));

        // Then
        assertThat(before).isNaN();
        assertThat(gauge("millrace.trainer.hit.at.1")).isEqualTo(0.83);
        assertThat(gauge("millrace.trainer.trusted")).isZero();
        assertThat(meters.get("millrace.trainer.head.info")
                        .tag("version", "v000000-00000000")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void howFarBehindItIsIsNoNumberUntilItKnows() {
        // Given
        Backlog backlog = new Backlog();

        // When
        status.watch(backlog, Clock.systemUTC());

        // Then
        assertThat(gauge("millrace.trainer.lag.records")).isNaN();
        assertThat(gauge("millrace.trainer.time.behind.seconds")).isNaN();
        assertThat(gauge("millrace.trainer.lagging.partitions")).isNaN();
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private void published(double drift) {
        status.published(store.publish(draft(drift, new TreeMap<>()), folder), Duration.ZERO, Duration.ZERO);
    }

    private Draft draft(double drift, SortedMap<String, Double> evaluation) {
        Decision decision = new Decision(new TreeMap<>(Map.of("drift", new Bound(drift, 0.3))));
        return new Draft(
                "v%06d-00000000".formatted(next++),
                Optional.empty(),
                "space",
                Optional.empty(),
                new TreeMap<>(),
                new Records(1, 0, 0, 0),
                evaluation,
                Optional.of(decision),
                new TreeMap<>());
    }

    private double inARow() {
        return meters.get("millrace.trainer.refused.in.a.row").gauge().value();
    }

    private double versions(String gate) {
        return meters.get("millrace.trainer.versions")
                .tag("gate", gate)
                .counter()
                .count();
    }
}
