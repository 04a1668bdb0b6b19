package dev.millrace.trainer.learning.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.evaluation.retrieval.RetrievalFigures;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.vectors.Vectors;
import dev.millrace.trainer.testing.Pairs;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    /** Texts are angles in degrees. */
    private static final Vectors ANGLES = (type, texts) -> texts.stream()
            .map(text -> Math.toRadians(Double.parseDouble(text)))
            .map(angle -> new float[] {(float) Math.cos(angle), (float) Math.sin(angle)})
            .toArray(float[][]::new);

    @Test
    void countsAnchorsWhosePositiveIsNearest() {
        // Given anchors 0, 50, 90 and 135; 50 is nearer to 60 than to 30
        List<Pair> heldOut = List.of(
                Pairs.pair("1", "0", "10"),
                Pairs.pair("2", "50", "30"),
                Pairs.pair("3", "90", "60"),
                Pairs.pair("4", "135", "170"));

        // When
        Evaluation evaluation = Evaluation.of(heldOut, ANGLES, () -> {});

        // Then
        assertThat(evaluation.hitAt1(heldOut)).isEqualTo(0.75);
        assertThat(evaluation.hitAt1(heldOut.subList(0, 2))).isEqualTo(0.5);
    }

    @Test
    void aTextOfTheSameGroupOrAnotherPositiveOfTheAnchorIsAHit() {
        // Given
        List<Pair> heldOut = List.of(
                Pairs.grouped("1", "0", "40", "g"),
                Pairs.grouped("2", "100", "5", "g"),
                Pairs.pair("3", "200", "260"),
                Pairs.pair("4", "200", "210"));

        // When
        Evaluation evaluation = Evaluation.of(heldOut, ANGLES, () -> {});

        // Then the first is nearest to 5, the second to 40, the last two to 210
        assertThat(evaluation.hitAt1(heldOut)).isEqualTo(1);
    }

    @Test
    void theAnchorItselfIsNoAnswer() {
        // Given a text that is anchor here and positive there
        List<Pair> heldOut = List.of(Pairs.pair("1", "0", "10"), Pairs.pair("2", "300", "0"));

        // When
        Evaluation evaluation = Evaluation.of(heldOut, ANGLES, () -> {});

        // Then
        assertThat(evaluation.hitAt1(heldOut)).isEqualTo(1);
    }

    @Test
    void placesSayMoreThanHits() {
        // Given anchors 0, 50, 90, 135 as above: of 50 the answer is second, behind 60
        List<Pair> heldOut = List.of(
                Pairs.pair("1", "0", "10"),
                Pairs.pair("2", "50", "30"),
                Pairs.pair("3", "90", "60"),
                Pairs.pair("4", "135", "170"));

        // When
        RetrievalFigures figures = Evaluation.of(heldOut, ANGLES, () -> {}).figures(heldOut);

        // Then
        assertThat(figures.top()).containsExactly(3, 1, 0, 0, 0);
        assertThat(figures.mrr()).isEqualTo(0.875);
        assertThat(figures.ndcgAt10()).isCloseTo((3 + Math.log(2) / Math.log(3)) / 4, offset(1e-9));
    }

    @Test
    void aTextThatHasNoVectorIsLikeNothingAndHarmsNoOther() {
        // Given
        List<Pair> heldOut = List.of(Pairs.pair("1", "0", "10"), Pairs.pair("2", "90", "NaN"));

        // When
        Evaluation evaluation = Evaluation.of(heldOut, ANGLES, () -> {});

        // Then
        assertThat(evaluation.hitAt1(heldOut)).isEqualTo(0.5);
    }

    @Test
    void nothingHeldOutIsNothingMeasured() {
        // When
        Evaluation evaluation = Evaluation.of(List.of(), ANGLES, () -> {});

        // Then
        assertThat(evaluation.hitAt1(List.of())).isZero();
    }
}
