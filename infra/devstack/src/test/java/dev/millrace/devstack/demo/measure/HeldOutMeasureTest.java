package dev.millrace.devstack.demo.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.devstack.demo.Examples;
import dev.millrace.devstack.demo.data.Example;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutMeasureTest {
    private static float[] unit(double degrees) {
        double angle = Math.toRadians(degrees);
        return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
    }

    @Test
    void countsTheCandidatesThatComeBeforeTheRightOne() {
        // Given seven candidates at 0, 10, .. 60 degrees, each query's own at ten times its number
        List<Example> examples = IntStream.range(0, 7)
                .mapToObj(i -> Examples.of("q" + i, "d" + i))
                .toList();
        List<float[]> candidates =
                IntStream.range(0, 7).mapToObj(i -> unit(10 * i)).toList();
        // queries that see 0, 0, 1, 2, 0, 5 and 6 wrong candidates before their own
        List<float[]> queries = List.of(unit(0), unit(11), unit(14 + 10), unit(46), unit(41), unit(-1), unit(-1));

        // When
        HeldOutMeasure.Result result = new HeldOutMeasure(Questions.of(examples, 7)).of(queries, candidates);

        // Then
        assertThat(result.all().hitAt(1)).isCloseTo(4 / 7.0, within(1e-9));
        assertThat(result.all().hitAt(2)).isCloseTo(4 / 7.0, within(1e-9));
        assertThat(result.all().hitAt(3)).isCloseTo(4 / 7.0, within(1e-9));
        assertThat(result.all().hitAt(4)).isCloseTo(5 / 7.0, within(1e-9));
        assertThat(result.all().noMatch()).isCloseTo(2 / 7.0, within(1e-9));
    }

    @Test
    void anyCandidateOfTheQuerysGroupIsRight() {
        // Given a query far from its own document but near another of its group
        List<Example> examples =
                List.of(Examples.of("q0", "d0", "a"), Examples.of("q1", "d1", "a"), Examples.of("q2", "d2", "b"));
        List<float[]> candidates = List.of(unit(90), unit(5), unit(20));

        // When
        HeldOutMeasure.Result result =
                new HeldOutMeasure(Questions.of(examples, 3)).of(List.of(unit(0), unit(5), unit(0)), candidates);

        // Then
        assertThat(result.domains().get("a").hitAt(1)).isEqualTo(1.0);
        assertThat(result.domains().get("a").queries()).isEqualTo(2);
        assertThat(result.domains().get("b").hitAt(1)).isEqualTo(0.0);
        assertThat(result.domains().get("b").hitAt(3)).isEqualTo(1.0);
    }

    @Test
    void theQuerysOwnTextAmongTheCandidatesIsNoHit() {
        // Given q0's text is q1's document, of the same group; without it q2's document is nearest
        List<Example> examples =
                List.of(Examples.of("q0", "d0", "a"), Examples.of("q1", "q0", "a"), Examples.of("q2", "d2", "b"));
        List<float[]> candidates = List.of(unit(50), unit(0), unit(10));

        // When
        HeldOutMeasure.Result result =
                new HeldOutMeasure(Questions.of(examples, 3)).of(List.of(unit(0), unit(0), unit(10)), candidates);

        // Then only q1, whose answer it is, finds it
        assertThat(result.domains().get("a").hitAt(1)).isEqualTo(0.5);
        assertThat(result.domains().get("a").hitAt(2)).isEqualTo(1.0);
    }

    @Test
    void aTieIsNoHit() {
        // Given an encoder that gives every text the same vector
        List<Example> examples = List.of(Examples.of("q0", "d0"), Examples.of("q1", "d1"));

        // When
        HeldOutMeasure.Result result =
                new HeldOutMeasure(Questions.of(examples, 2)).of(List.of(unit(0), unit(0)), List.of(unit(0), unit(0)));

        // Then
        assertThat(result.all().hitAt(1)).isEqualTo(0.0);
    }

    @Test
    void asksASpreadOfTheHeldOutExamplesButRanksAllTheirDocuments() {
        // Given
        List<Example> examples = IntStream.range(0, 10)
                .mapToObj(i -> Examples.of("q" + i, "d" + i / 2))
                .toList();

        // When
        Questions questions = Questions.of(examples, 4);

        // Then
        assertThat(questions.queryTexts()).containsExactly("q0", "q2", "q5", "q7");
        assertThat(questions.candidates()).containsExactly("d0", "d1", "d2", "d3", "d4");
    }
}
