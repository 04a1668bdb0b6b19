package dev.millrace.trainer.learning.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.vectors.Vectors;
import dev.millrace.trainer.testing.Pairs;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnrankedFiguresTest {
    /** Texts are angles in degrees, the last word counts. */
    private static final Vectors ANGLES = (type, texts) -> texts.stream()
            .map(text -> Math.toRadians(Double.parseDouble(text.substring(text.lastIndexOf(' ') + 1))))
            .map(angle -> new float[] {(float) Math.cos(angle), (float) Math.sin(angle)})
            .toArray(float[][]::new);

    @Test
    void gradedPairsAreMeasuredByTheirOrder() {
        // Given cosines in the order of the labels, but for the last two
        List<Pair> graded = List.of(
                Pairs.graded("1", "0", "5", 1),
                Pairs.graded("2", "0", "30", 0.7),
                Pairs.graded("3", "0", "170", 0.4),
                Pairs.graded("4", "0", "100", 0.1));

        // When
        UnrankedFigures figures = UnrankedFigures.of(graded, List.of(), ANGLES);

        // Then
        assertThat(figures.spearman().orElseThrow()).isCloseTo(0.8, offset(1e-9));
        assertThat(figures.alignment()).isEmpty();
        assertThat(figures.uniformity()).isEmpty();
    }

    @Test
    void groupsOfBareTextsAreMeasuredByWhetherTheyAreToldApart() {
        // Given two groups around 0 and 90 degrees, of which one text lies with the other, and what says nothing
        List<Pair> texts = List.of(
                Pairs.alone("east0", "0", "east"),
                Pairs.alone("east4", "4", "east"),
                Pairs.alone("east8", "8", "east"),
                Pairs.alone("east12", "12", "east"),
                Pairs.alone("east85", "85", "east"),
                Pairs.alone("north80", "80", "north"),
                Pairs.alone("north84", "84", "north"),
                Pairs.alone("north92", "92", "north"),
                Pairs.alone("north96", "96", "north"),
                Pairs.alone("alone200", "200", "alone"),
                Pairs.alone("none", "180"));

        // When
        UnrankedFigures figures = UnrankedFigures.of(List.of(), texts, ANGLES);

        // Then
        assertThat(figures.probe().orElseThrow()).isCloseTo(8.0 / 9, offset(1e-9));
        assertThat(UnrankedFigures.of(List.of(), texts.subList(0, 5), ANGLES).probe())
                .isEmpty();
    }

    @Test
    void bareTextsAreMeasuredByHowTheyLie() {
        // Given two texts at a right angle, whose views are where they are
        List<Pair> texts = List.of(Pairs.alone("1", "x 0"), Pairs.alone("2", "x 90"));

        // When
        UnrankedFigures figures = UnrankedFigures.of(List.of(), texts, ANGLES);

        // Then
        assertThat(figures.spearman()).isEmpty();
        assertThat(figures.alignment().orElseThrow()).isZero();
        assertThat(figures.uniformity().orElseThrow()).isCloseTo(-4, offset(1e-5));
    }
}
