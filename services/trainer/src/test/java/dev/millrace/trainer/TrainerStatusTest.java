package dev.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.version.Bound;
import dev.millrace.checkpoints.version.Decision;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.trainer.learning.ledger.Account;
import dev.millrace.trainer.learning.ledger.Ledger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

    private void published(double drift) {
        Decision decision = new Decision(new TreeMap<>(Map.of("drift", new Bound(drift, 0.3))));
        Draft draft = new Draft(
                "v%06d-00000000".formatted(next++),
                Optional.empty(),
                "space",
                Optional.empty(),
                new TreeMap<>(),
                new Records(1, 0, 0, 0),
                new TreeMap<>(),
                Optional.of(decision),
                new TreeMap<>());
        status.published(store.publish(draft, folder), Duration.ZERO, Duration.ZERO);
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
