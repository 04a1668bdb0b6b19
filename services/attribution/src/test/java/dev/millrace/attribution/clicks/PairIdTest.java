package dev.millrace.attribution.clicks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.record.Limits;
import org.junit.jupiter.api.Test;

class PairIdTest {
    @Test
    void namesImpressionAndDocument() {
        assertThat(PairId.of("i1", "doc:7")).isEqualTo("click:i1:doc:7");
    }

    @Test
    void idsThatReadTheSameAreToldApart() {
        assertThat(PairId.of("a:b", "c")).isNotEqualTo(PairId.of("a", "b:c"));
        assertThat(PairId.of("a:b", "c")).isNotEqualTo(PairId.of("a:bc", ""));
    }

    @Test
    void theLongestIdsStayWithinTheContract() {
        // Given
        final String longest = "x".repeat(Limits.ID_CHARS);

        // When
        final String id = PairId.of(longest, longest);

        // Then
        assertThat(id).hasSizeLessThanOrEqualTo(Limits.ID_CHARS).isEqualTo(PairId.of(longest, longest));
        assertThat(id).isNotEqualTo(PairId.of(longest, longest.substring(1)));
    }
}
