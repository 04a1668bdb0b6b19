package dev.millrace.encoder.versions.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.encoder.serving.ModelThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** The first texts a loaded model encodes: they warm it up, and show whether its vectors are fit to serve. */
final class ModelCheck {
    static final String GOLDEN = "golden.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String TOKENIZER = "tokenizer.json";
    private static final double NORM_TOLERANCE = 1e-2;
    /** Words per text: the lengths that queries, sentences and passages have, so each shape has been seen before traffic. */
    private static final int[] LENGTHS = {1, 4, 12, 24, 64, 128, 512};

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ModelThread model;
    private final Duration limit;

    private ModelCheck(ModelThread model, Duration limit) {
        this.model = model;
        this.limit = limit;
    }

    /**
     * Gives each encoding {@code limit}.
     *
     * @throws UnfitModelException when the model must not serve
     * @throws CompletionException caused by a TimeoutException
     */
    static void run(ModelThread model, Path folder, Duration limit) {
        new ModelCheck(model, limit).run(folder);
    }

    private void run(Path folder) {
        for (int length : LENGTHS) {
            encode(List.of(words(length)));
        }
        encode(IntStream.range(1, 17).mapToObj(ModelCheck::words).toList());
        final Path golden = folder.resolve(GOLDEN);
        if (Files.exists(golden)) {
            compare(read(golden));
        }
    }

    private static Golden read(Path golden) {
        try {
            return JSON.readValue(golden.toFile(), Golden.class);
        } catch (IOException malformed) {
            throw new UnfitModelException(GOLDEN, "cannot be read: " + malformed.getMessage());
        }
    }

    private void compare(Golden golden) {
        for (int i = 0; i < golden.texts().size(); i++) {
            final float[] row = encode(List.of(golden.texts().get(i))).get(0);
            final double difference = largestDifference(row, golden.vectors().get(i));
            final double allowed = golden.tolerance() + model.rounding();
            if (!(difference <= allowed)) {
                throw new UnfitModelException(
                        GOLDEN, "vector " + i + " differs by " + difference + ", more than " + allowed);
            }
        }
    }

    private List<float[]> encode(List<String> texts) {
        final List<Tokens> tokens = tokenize(texts);
        try {
            final List<float[]> rows = model.submit(tokens, limit)
                    .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
            rows.forEach(row -> requireUnit(row, model.dimensions()));
            return rows;
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof TimeoutException) {
                throw failure;
            }
            throw new UnfitModelException(WEIGHTS, "cannot encode: " + failure.getCause());
        }
    }

    private List<Tokens> tokenize(List<String> texts) {
        try {
            return model.tokenize(model.prompts().before(InputType.UNSAID, texts));
        } catch (RuntimeException failure) {
            throw new UnfitModelException(TOKENIZER, "cannot cut a text: " + failure);
        }
    }

    private static void requireUnit(float[] row, int dimensions) {
        if (row.length != dimensions) {
            throw new UnfitModelException(
                    WEIGHTS, "gives " + row.length + " numbers a vector instead of " + dimensions);
        }
        double squares = 0;
        for (float value : row) {
            squares += (double) value * value;
        }
        if (!(Math.abs(Math.sqrt(squares) - 1) <= NORM_TOLERANCE)) {
            throw new UnfitModelException(WEIGHTS, "gives a vector of norm " + Math.sqrt(squares) + " instead of 1");
        }
    }

    private static double largestDifference(float[] row, List<Float> expected) {
        if (row.length != expected.size()) {
            return Double.POSITIVE_INFINITY;
        }
        return IntStream.range(0, row.length)
                .mapToDouble(i -> Math.abs(row[i] - expected.get(i)))
                .max()
                .orElse(0);
    }

    private static String words(int count) {
        return "river ".repeat(count).strip();
    }

    record Golden(List<String> texts, List<List<Float>> vectors, double tolerance) {
        Golden {
            if (texts.size() != vectors.size() || !(tolerance >= 0)) {
                throw new UnfitModelException(GOLDEN, "needs one vector per text and a tolerance of 0 or more");
            }
        }
    }
}
