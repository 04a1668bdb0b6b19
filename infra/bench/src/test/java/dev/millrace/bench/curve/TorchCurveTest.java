package dev.millrace.bench.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.bench.command.AbsentException;
import dev.millrace.bench.speed.LearningSettings;
import dev.millrace.devstack.demo.data.Chapter;
import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.data.Example;
import dev.millrace.devstack.demo.measure.Questions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a shell instead of Python: what is tested is what goes to the other process and comes back. */
class TorchCurveTest {
    private static final LearningSettings SETTINGS = new LearningSettings(50, 4);
    private static final DataOrder ORDER = DataOrder.of(
            new Dataset("pairs", List.of(new Chapter("all", examples(10))), List.of(), List.of()), SETTINGS, 1);
    // Two queries, two candidates.
    private static final Examination EXAMINATION = new Examination(Questions.of(examples(2), 2));

    @TempDir
    Path folder;

    @Test
    void lossesAndBothExaminationsComeBack() throws IOException {
        // Given
        TorchCurve torch = torch("""
                while read -r step; do echo 0.5; done < "$3"
                right='\\000\\000\\200\\077\\000\\000\\000\\000'
                left='\\000\\000\\000\\000\\000\\000\\200\\077'
                printf "$right$left$left$right" > "$5"
                printf "$right$left$right$left" > "$6"
                echo done
                """);

        // When
        Curve curve = torch.learn(ORDER, EXAMINATION, 3);

        // Then
        assertThat(curve.losses()).hasSize(50).containsOnly(0.5);
        assertThat(curve.name()).isEqualTo("torch fp32 seed 3");
        assertThat(curve.hitBefore()).isZero();
        assertThat(curve.hitAfter()).isEqualTo(1);
        assertThat(Files.readAllLines(folder.resolve("curve-steps.jsonl"))).hasSize(50);
    }

    @Test
    void whatFailsOnTheWayIsAbsentWithItsReason() throws IOException {
        TorchCurve torch = torch("echo 0.5; echo \"RuntimeError('out of memory')\"");

        assertThatThrownBy(() -> torch.learn(ORDER, EXAMINATION, 1))
                .isInstanceOf(AbsentException.class)
                .hasMessageContaining("out of memory");
    }

    private TorchCurve torch(String shell) throws IOException {
        Path python = folder.resolve("python");
        Files.writeString(python, "#!/bin/sh\n" + shell + "\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        return new TorchCurve(python, folder, 1, folder, line -> {});
    }

    private static List<Example> examples(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Example("id" + i, "query " + i, "document " + i, List.of(), Optional.empty(), "all"))
                .toList();
    }
}
