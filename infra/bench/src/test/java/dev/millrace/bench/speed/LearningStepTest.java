package dev.millrace.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.devstack.demo.data.Example;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LearningStepTest {
    @Test
    void positivesOfTheBatchAreCandidatesSaveThoseOfTheGroup() {
        // Given
        List<Example> examples = List.of(
                example("lost card", "my card is gone", "card"),
                example("card stolen", "somebody has my card", "card"),
                example("dollar rate", "what is a dollar in euros", "rate"));

        // When
        LearningStep step = LearningStep.of(examples, 1e-4);

        // Then
        assertThat(step.texts())
                .containsExactly(
                        "lost card",
                        "my card is gone",
                        "card stolen",
                        "somebody has my card",
                        "dollar rate",
                        "what is a dollar in euros");
        assertThat(step.anchors()).containsExactly(0, 2, 4);
        assertThat(step.positives()).containsExactly(1, 3, 5);
        assertThat(step.candidates()).containsExactly(List.of(1, 5), List.of(3, 5), List.of(1, 3, 5));
    }

    @Test
    void aPairThatComesTwiceIsOneAnchorAndANegativeIsEverybodysCandidate() {
        // Given
        Example twice = example("a", "b", "one");
        Example other = new Example("id", "c", "d", List.of("e"), Optional.empty(), "all");

        // When
        LearningStep step = LearningStep.of(List.of(twice, other, twice), 1e-4);

        // Then
        assertThat(step.anchors()).containsExactly(0, 2);
        assertThat(step.candidates()).containsExactly(List.of(1, 3, 4), List.of(1, 3, 4));
    }

    private static Example example(String query, String document, String group) {
        return new Example("id", query, document, List.of(), Optional.of(group), group);
    }
}
