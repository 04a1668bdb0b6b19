package dev.millrace.encoder;

import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.encoder.serving.ModelLoader;
import dev.millrace.encoder.serving.VectorModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Models whose vectors tell which weights made them, and whose pace a test can hold. */
public final class FakeModels implements ModelLoader {
    static final int DIMENSIONS = 8;
    /** What is longer is cut. */
    static final int MAX_TOKENS = 64_000;

    static final String WEIGHTS = "model.safetensors";

    /** A text that weights named failing fail on, and after which weights named breaking fail on every one. */
    static final String FAILING = "poison";

    /** A text that no tokenizer cuts. */
    static final String UNCUTTABLE = "\u200b";

    /** A text that is too deep for a tokenizer's stack. */
    static final String OVERFLOWING = "deep";

    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger largestBatch = new AtomicInteger();
    private final AtomicLong time = new AtomicLong();
    private final Semaphore stuck = new Semaphore(0);
    private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);

    /** Walks on by what encodes take: 1 us a text and 100 ns a token, and three times as much with weights named slow. */
    long nanoTime() {
        return time.get();
    }

    /** Time goes by without anything being encoded. */
    void walk(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    /**
     * Weights named hanging encode {@link #FAILING} never, weights named wedging nothing after they have failed on it, and weights named
     * stuck nothing at all, until this.
     */
    void free() {
        stuck.release(Integer.MAX_VALUE / 2);
    }

    /** Whether such an encode is under way. */
    boolean hangs() {
        return stuck.hasQueuedThreads();
    }

    /** Every encode waits from now on, until {@link #resume}. */
    void hold() {
        gate.drainPermits();
    }

    /** Whether one waits. */
    boolean waits() {
        return gate.hasQueuedThreads();
    }

    /** Of those that wait one goes on. */
    void step() {
        gate.release();
    }

    void resume() {
        gate.release(Integer.MAX_VALUE / 2);
    }

    @Override
    public VectorModel load(Path folder) {
        try {
            final String weights = Files.readString(folder.resolve(WEIGHTS));
            if (weights.equals("unloadable")) {
                throw new IllegalArgumentException(WEIGHTS + " is no model");
            }
            open.incrementAndGet();
            return new FakeModel(weights);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static float[] vector(String weights, String text) {
        return vector(weights, tokens(text));
    }

    /** Weights named wide make vectors twice as long. */
    private static int dimensions(String weights) {
        return weights.startsWith("wide") ? 2 * DIMENSIONS : DIMENSIONS;
    }

    private static Tokens tokens(String text) {
        return new Tokens(text.chars().limit(MAX_TOKENS).toArray(), text.length() > MAX_TOKENS);
    }

    private static float[] vector(String weights, Tokens tokens) {
        final Random random = new Random(31L * weights.hashCode() + tokens.hashCode());
        final float[] vector = new float[dimensions(weights)];
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = isFinite(weights, tokens) ? (float) random.nextGaussian() : Float.NaN;
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    /** Weights named infinite have no number for anything, and weights named holey for {@link #FAILING}. */
    private static boolean isFinite(String weights, Tokens tokens) {
        return !weights.equals("infinite") && !(weights.equals("holey") && tokens.equals(tokens(FAILING)));
    }

    private final class FakeModel implements VectorModel {
        private final String weights;
        private boolean closed;
        private boolean broken;

        private FakeModel(String weights) {
            this.weights = weights;
        }

        @Override
        public int dimensions() {
            return FakeModels.dimensions(weights);
        }

        @Override
        public Computation computation() {
            return new Computation("fake", "fp32", "cpu");
        }

        @Override
        public Description description() {
            return new Description(MAX_TOKENS, "mean");
        }

        /** Weights named coarse are rounded. */
        @Override
        public double rounding() {
            return weights.startsWith("coarse") ? 0.01 : 0;
        }

        /** Weights named prompted read a letter before queries, documents, and texts of which nothing is said. */
        @Override
        public Prompts prompts() {
            return weights.startsWith("prompted")
                    ? new Prompts(Map.of("query", "q", "passage", "d", "sts", "s"), "sts")
                    : Prompts.NONE;
        }

        @Override
        public List<Tokens> tokenize(List<String> texts) {
            if (texts.contains(UNCUTTABLE)) {
                throw new IllegalStateException("a text has at least one token");
            }
            if (texts.contains(OVERFLOWING)) {
                throw new StackOverflowError();
            }
            return texts.stream().map(FakeModels::tokens).toList();
        }

        @Override
        public Tokens tokens(int[] ids) {
            if (ids[0] != 0) {
                throw new IllegalArgumentException("is another tokenizer's");
            }
            return new Tokens(ids, false);
        }

        @Override
        public float[][] encode(List<Tokens> texts) {
            gate.acquireUninterruptibly();
            if (closed) {
                throw new IllegalStateException("encoded with freed weights");
            }
            final boolean poisoned = texts.stream().anyMatch(FakeModels.tokens(FAILING)::equals);
            if (weights.startsWith("stuck")
                    || (weights.startsWith("hanging") && poisoned)
                    || (weights.startsWith("wedging") && broken)) {
                stuck.acquireUninterruptibly();
            }
            final long pace = weights.startsWith("slow") ? 3 : 1;
            texts.forEach(text -> time.addAndGet(pace * (1_000 + 100L * text.length())));
            broken |= (weights.startsWith("breaking") || weights.startsWith("wedging")) && poisoned;
            if (broken || (weights.startsWith("failing") && poisoned)) {
                throw new IllegalStateException("no kernel for this text");
            }
            largestBatch.accumulateAndGet(texts.size(), Math::max);
            return texts.stream().map(tokens -> vector(weights, tokens)).toArray(float[][]::new);
        }

        @Override
        public void close() {
            closed = true;
            open.decrementAndGet();
        }
    }
}
