package dev.millrace.devstack.demo.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.devstack.demo.Examples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutSplitTest {
    private static final HeldOutSplit SPLIT = new HeldOutSplit(0.2, 2000, 1);

    private static List<Example> examples(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Examples.of("query " + i, "query " + (i + 1) % count))
                .toList();
    }

    @Test
    void aHeldOutQueryIsPostedNowhereNotEvenAsADocument() {
        // Given a ring in which every query is also another one's document
        List<Example> examples = examples(100);

        // When
        HeldOutSplit.Parts parts = SPLIT.cut(examples);

        // Then
        Set<String> asked = parts.heldOut().stream().map(Example::query).collect(Collectors.toSet());
        assertThat(asked).hasSize(20);
        assertThat(parts.stream())
                .noneMatch(example -> asked.contains(example.query()) || asked.contains(example.document()));
        assertThat(parts.stream().size() + parts.heldOut().size() + parts.mentions())
                .isEqualTo(100);
    }

    @Test
    void theOrderOfTheLinesDoesNotMatter() {
        // Given
        List<Example> shuffled = new ArrayList<>(examples(100));
        Collections.shuffle(shuffled, new Random(3));

        // When
        HeldOutSplit.Parts parts = SPLIT.cut(shuffled);

        // Then
        assertThat(parts.heldOut()).isEqualTo(SPLIT.cut(examples(100)).heldOut());
    }

    @Test
    void whereEveryQueryHasManyDocumentsMostQueriesAreLeftToLearn() {
        // Given
        List<Example> examples = IntStream.range(0, 100)
                .mapToObj(i -> Examples.of("query " + i % 10, "document " + i))
                .toList();

        // When
        HeldOutSplit.Parts parts = SPLIT.cut(examples);

        // Then
        assertThat(parts.heldOut()).hasSize(2);
        assertThat(parts.stream()).hasSize(80);
    }

    @Test
    void neverHoldsBackMoreThanTheMost() {
        // Given
        HeldOutSplit split = new HeldOutSplit(0.5, 7, 1);

        // When
        HeldOutSplit.Parts parts = split.cut(examples(100));

        // Then
        assertThat(parts.heldOut()).hasSize(7);
    }
}
