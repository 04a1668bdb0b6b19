package dev.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.devstack.demo.Example;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CandidateMasksTest {
    @Test
    void positivesOfTheBatchAreCandidatesSaveThoseOfTheGroup() {
        // Given
        List<Example> examples = List.of(
                example("lost card", "my card is gone", "card"),
                example("card stolen", "somebody has my card", "card"),
                example("dollar rate", "what is a dollar in euros", "rate"));

        // When
        LearningStep step = CandidateMasks.step(examples, 1e-4);

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
        LearningStep step = CandidateMasks.step(List.of(twice, other, twice), 1e-4);

        // Then
        assertThat(step.anchors()).containsExactly(0, 2);
        assertThat(step.candidates()).containsExactly(List.of(1, 3, 4), List.of(1, 3, 4));
    }

    @Property
    void noAnchorIsComparedWithItsKinAndWithEverythingElse(@ForAll("batches") List<Example> examples) {
        LearningStep step = CandidateMasks.step(examples, 1e-4);

        Set<String> documents = examples.stream().map(Example::document).collect(Collectors.toSet());
        for (int i = 0; i < step.anchors().size(); i++) {
            String anchor = step.texts().get(step.anchors().get(i));
            String positive = step.texts().get(step.positives().get(i));
            Set<String> expected = documents.stream()
                    .filter(text -> text.equals(positive) || !kin(anchor, text, examples))
                    .collect(Collectors.toSet());
            Set<String> compared =
                    step.candidates().get(i).stream().map(step.texts()::get).collect(Collectors.toSet());
            assertThat(compared).isEqualTo(expected);
        }
    }

    /** By the words of the rule: itself, a positive of the same anchor text, or a text of one of its groups. */
    private static boolean kin(String anchor, String text, List<Example> examples) {
        Set<String> groups = groups(anchor, examples);
        return text.equals(anchor)
                || examples.stream()
                        .anyMatch(example -> example.query().equals(anchor)
                                && example.document().equals(text))
                || groups(text, examples).stream().anyMatch(groups::contains);
    }

    private static Set<String> groups(String text, List<Example> examples) {
        return examples.stream()
                .filter(example ->
                        example.query().equals(text) || example.document().equals(text))
                .flatMap(example -> example.group().stream())
                .collect(Collectors.toSet());
    }

    @Provide
    Arbitrary<List<Example>> batches() {
        Arbitrary<String> texts = Arbitraries.of("a", "b", "c", "d", "e", "f", "g");
        Arbitrary<Optional<String>> groups =
                Arbitraries.of("one", "two", "three").optional();
        return Combinators.combine(texts, texts, groups)
                .as((query, document, group) -> new Example("id", query, document, List.of(), group, "all"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    private static Example example(String query, String document, String group) {
        return new Example("id", query, document, List.of(), Optional.of(group), group);
    }
}
