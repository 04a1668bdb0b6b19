package dev.millrace.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.command.AbsentException;
import dev.millrace.bench.command.Contender;
import dev.millrace.bench.command.Measurement;
import dev.millrace.bench.command.Results;
import dev.millrace.bench.command.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class MatchTest {
    private static final Work WORK = new Work("encode", Work.Kind.ENCODE, List.of("a", "b"));

    @Test
    void contendersTakeTurnsAndWarmUpIsNotCounted() {
        // Given
        List<String> turns = new ArrayList<>();
        Match match = new Match(
                List.of(contender("one", work -> turn(turns, "1")), contender("two", work -> turn(turns, "2"))),
                2,
                line -> {});

        // When
        List<Measurement> measured = match.play(WORK);

        // Then
        assertThat(turns).startsWith("1", "2", "1", "2").hasSize(10);
        assertThat(measured)
                .extracting(
                        Measurement::who, Measurement::median, Measurement::min, Measurement::max, Measurement::runs)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("one", 8.0, 7.0, 9.0, 2),
                        org.assertj.core.groups.Tuple.tuple("two", 9.0, 8.0, 10.0, 2));
    }

    @Test
    void aPeerThatFailsIsLeftOutAndNamed() {
        // Given
        List<String> said = new ArrayList<>();
        Contender broken = contender("torch", work -> {
            throw new AbsentException("no module named torch");
        });

        // When
        List<Measurement> measured =
                new Match(List.of(broken, contender("millrace", work -> 3)), 1, said::add).play(WORK);

        // Then
        assertThat(measured).extracting(Measurement::who).containsExactly("millrace");
        assertThat(said).anyMatch(line -> line.contains("torch") && line.contains("no module named torch"));
    }

    @Test
    void theTableSaysHowMuchFasterTheFirstIs() {
        // Given
        Measurement rate = new Measurement("encode", "millrace", "fp32", "texts/s", 300, 300, 300, 1);
        Measurement slower = new Measurement("encode", "onnxruntime", "fp32", "texts/s", 200, 200, 200, 1);
        Measurement step = new Measurement("train", "millrace", "fp32", "ms/step", 50, 50, 50, 1);
        Measurement faster = new Measurement("train", "torch", "fp32", "ms/step", 25, 25, 25, 1);

        // When
        List<String> table = Results.table(List.of(rate, slower, step, faster));

        // Then
        assertThat(table.get(1)).endsWith("1.50 x");
        assertThat(table.get(3)).endsWith("0.50 x");
    }

    private static double turn(List<String> turns, String who) {
        turns.add(who);
        return turns.size();
    }

    private static Contender contender(String who, ToDoubleFunction<Work> figure) {
        return new Contender() {
            @Override
            public String who() {
                return who;
            }

            @Override
            public String precision() {
                return "fp32";
            }

            @Override
            public double measure(Work work) {
                return figure.applyAsDouble(work);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
