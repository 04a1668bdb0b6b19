package dev.millrace.bench.curve;

import dev.millrace.bench.command.AbsentException;
import dev.millrace.bench.command.Progress;
import dev.millrace.bench.command.Results;
import dev.millrace.bench.python.PythonProcess;
import dev.millrace.bench.speed.LearningSettings;
import dev.millrace.devstack.process.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Learns the data order with PyTorch in fp32, in a Python process: {@code curve.py} gets everything as files and answers with
 * the loss of each step.
 *
 * @param folder where those files are, and the log
 */
record TorchCurve(Path python, Path model, int threads, Path folder, Screen screen) {

    /** @throws AbsentException when Python cannot do it */
    Curve learn(DataOrder order, Examination examination, int seed) {
        int steps = order.settings().steps();
        int texts = examination.texts().size();
        Path before = folder.resolve("curve-before.f32");
        Path after = folder.resolve("curve-after.f32");
        List<String> arguments = List.of(
                model.toString(),
                order.write(folder.resolve("curve-steps.jsonl")).toString(),
                write(examination.texts()).toString(),
                before.toString(),
                after.toString(),
                Results.json(new Told(
                        threads,
                        seed,
                        LearningSettings.TEMPERATURE,
                        LearningSettings.WEIGHT_DECAY,
                        LearningSettings.CLIP_NORM)));
        Path script = PythonProcess.script("curve.py", folder);
        Progress progress = new Progress("torch fp32 seed " + seed, steps, screen);
        try (PythonProcess process = new PythonProcess(python, script, arguments, folder.resolve("peers.log"))) {
            for (int step = 0; step < steps; step++) {
                progress.loss(process.figure());
            }
            expectEnd(process.answer());
        }
        double hitBefore = examination.hitAt1(vectors(before, texts));
        return new Curve(
                "torch", "fp32", seed, progress.losses(), hitBefore, examination.hitAt1(vectors(after, texts)));
    }

    /** What the script is told besides the files; the names are those it reads. */
    private record Told(int threads, int seed, double temperature, double decay, double clip) {}

    private static void expectEnd(String answer) {
        if (!answer.equals("done")) {
            throw new AbsentException(answer);
        }
    }

    private Path write(List<String> texts) {
        Path file = folder.resolve("curve-held-out.json");
        try {
            return Files.writeString(file, Results.json(texts));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Rows of little-endian fp32. */
    private static float[][] vectors(Path file, int rows) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            float[][] vectors = new float[rows][bytes.capacity() / Float.BYTES / rows];
            for (float[] vector : vectors) {
                for (int i = 0; i < vector.length; i++) {
                    vector[i] = bytes.getFloat();
                }
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
