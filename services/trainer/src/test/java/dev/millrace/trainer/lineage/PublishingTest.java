package dev.millrace.trainer.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.embedding.network.Precision;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.testing.Workshop;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishingTest {
    @TempDir
    Path folder;

    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private Position base;
    private Publishing publishing;

    @BeforeEach
    void open() {
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        base = workshop.beginning(1).begin();
        publishing = new Publishing(base);
    }

    @AfterEach
    void close() {
        mayEnd.countDown();
        publishing.close();
    }

    @Test
    void theStartIsNewsOnce() {
        // When, Then
        assertThat(publishing.news()).contains(base);
        assertThat(publishing.news()).isEmpty();
        assertThat(publishing.underWay()).isFalse();
    }

    @Test
    void whatIsUnderWayIsNoNewsUntilItIsThere() {
        // Given
        Position child = new Position(base.head(), base.manifest());
        publishing.begin(held(() -> child));

        // When
        boolean told = publishing.news().isPresent();
        mayEnd.countDown();

        // Then
        assertThat(told).isFalse();
        assertThat(publishing.settled()).isSameAs(child);
        assertThat(publishing.news()).containsSame(child);
    }

    @Test
    void aFailureIsToldByEveryMethod() {
        // Given
        StalePointerException stale = new StalePointerException("head", Optional.of(base.head()));

        // When
        publishing.begin(() -> {
            throw stale;
        });

        // Then
        assertThatThrownBy(publishing::settled).isSameAs(stale);
        assertThatThrownBy(publishing::news).isSameAs(stale);
    }

    @Test
    void oneAtATime() {
        // Given
        publishing.begin(held(() -> base));

        // When, Then
        assertThatThrownBy(() -> publishing.begin(() -> base)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingLetsWhatIsUnderWayEnd() {
        // Given
        boolean[] ended = new boolean[1];
        publishing.begin(() -> {
            ended[0] = true;
            return base;
        });

        // When
        publishing.close();

        // Then
        assertThat(ended[0]).isTrue();
    }

    private Supplier<Position> held(Supplier<Position> publication) {
        return () -> {
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return publication.get();
        };
    }
}
