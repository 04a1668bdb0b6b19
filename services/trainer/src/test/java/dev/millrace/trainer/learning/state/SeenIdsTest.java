package dev.millrace.trainer.learning.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeenIdsTest {
    @Test
    void aRepeatIsFoundUpToTheHorizonAndNoFurther() {
        // Given
        SeenIds seen = new SeenIds(2, List.of("a", "b"));

        // When
        List<Boolean> isNew = List.of(seen.add("b"), seen.add("c"), seen.add("b"), seen.add("a"));

        // Then
        assertThat(isNew).containsExactly(false, true, false, true);
        assertThat(seen.oldestFirst()).containsExactly("c", "a");
    }

    @Test
    void aShortenedHorizonForgetsTheOldest() {
        // Given
        SeenIds seen = new SeenIds(2, List.of("a", "b", "c", "d"));

        // When
        seen.add("e");

        // Then
        assertThat(seen.oldestFirst()).containsExactly("d", "e");
    }

    @Test
    void withoutAHorizonEveryIdIsNew() {
        // Given
        SeenIds seen = new SeenIds(0, List.of());

        // When
        List<Boolean> isNew = List.of(seen.add("a"), seen.add("a"));

        // Then
        assertThat(isNew).containsExactly(true, true);
    }
}
