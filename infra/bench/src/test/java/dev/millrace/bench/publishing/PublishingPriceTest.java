package dev.millrace.bench.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PublishingPriceTest {
    @Test
    void speedKeptIsOfWhatATrainerWouldHaveThatPublishesNothing() {
        // Given
        PublishingPrice price = new PublishingPrice(640, 9.5, 9.7, 10, 3);

        // When
        double kept = price.keptSpeed();

        // Then
        assertThat(kept).isCloseTo(0.95, within(1e-9));
        assertThat(price.table()).hasSize(5).first().asString().contains("67.4 pairs/s");
    }
}
