package dev.millrace.bench.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariantTest {
    @Test
    void isReadWithEqualsSignsInItsValues() {
        // When
        Variant variant = Variant.parse("two: objective=info-nce(directions=both) + 0.5*cosent; batch-pairs = 32");

        // Then
        assertThat(variant.name()).isEqualTo("two");
        assertThat(variant.settings())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("objective", "info-nce(directions=both) + 0.5*cosent", "batch-pairs", "32"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"objective=angle", ": objective=angle", "mine: angle", "mine:"})
    void isRefusedWhereItIsNoNameAndSettings(String text) {
        assertThatThrownBy(() -> Variant.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--variant");
    }

    @Test
    void namesOfTheTableAreAllDifferent() {
        assertThat(MethodVariants.all()).extracting(Variant::name).doesNotHaveDuplicates();
    }

    @Test
    void rowsAreChosenByNameBesideOnesOwnAndAnUnknownNameIsTheListOfThem() {
        // Given
        List<Variant> table = List.of(Variant.of("a"), Variant.of("b"));

        // When
        List<Variant> chosen = Variant.chosen(table, Set.of("b"), List.of("mine: view=repetition"));

        // Then
        assertThat(chosen).extracting(Variant::name).containsExactly("b", "mine");
        assertThat(Variant.chosen(table, Set.of(), List.of())).isEqualTo(table);
        assertThatThrownBy(() -> Variant.chosen(table, Set.of("b", "c"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[a, b]");
    }
}
