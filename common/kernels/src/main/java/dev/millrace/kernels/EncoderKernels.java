package dev.millrace.kernels;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.millrace.kernels.activation.Activations;
import dev.millrace.kernels.activation.Dimensions;
import dev.millrace.kernels.activation.Embeddings;
import dev.millrace.kernels.activation.LayerNorm;
import dev.millrace.kernels.activation.Reduction;
import dev.millrace.kernels.layer.Attention;
import dev.millrace.kernels.layer.LayerWeights;
import dev.millrace.kernels.layer.RelativeBias;
import dev.millrace.kernels.product.WeightFormat;
import dev.millrace.kernels.threads.Crew;
import dev.millrace.kernels.threads.Scratch;
import dev.millrace.kernels.threads.Team;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * An encoder of the BERT kind on the CPU, in Java alone: texts as token ids to unit vectors. Many texts are dealt out to the threads in
 * batches that fit their caches; a few are worked on by all together. The same text has the same bits, whatever is
 * encoded beside it and on however many threads. For one calling thread at a time; {@link #close()} ends the others.
 */
public final class EncoderKernels implements AutoCloseable {
    /** Tokens of a batch: its activations stay in a core's own cache, and weights are read often enough from there. */
    private static final int BATCH = 256;
    /** The level of the JVM's second compiler. */
    private static final int OPTIMIZING = 4;
    /** What is less for each thread is rather worked on by all together: a product of few rows waits for its weights. */
    private static final int FEWEST = 128;

    private final Dimensions dimensions;
    private final Embeddings embeddings;
    private final LayerNorm norm;
    private final Network<?> network;
    private final Reduction reduction;
    private final Team team;

    /**
     * @param weights of {@link LayerWeights#ARRAYS} a layer, as listed there
     * @throws IllegalArgumentException where {@link #supports} says no
     */
    public EncoderKernels(
            Dimensions dimensions,
            Embeddings embeddings,
            RelativeBias relative,
            IntFunction<float[]> weights,
            Settings settings) {
        if (!supports(dimensions)) {
            throw new IllegalArgumentException(
                    "hidden and intermediate must be multiples of " + Dimensions.MULTIPLE + ": " + dimensions);
        }
        this.dimensions = dimensions;
        this.embeddings = embeddings;
        norm = dimensions.norm(embeddings.normWeight(), embeddings.normBias());
        reduction = settings.reduction();
        network = Network.of(
                new LayerWeights(weights, settings.format()),
                dimensions,
                new Attention(dimensions, relative),
                settings);
        team = new Team(settings.threads());
    }

    /**
     * @param format of the products' weights
     * @param threads with the calling one, 1..256
     * @param reduction of a text's tokens to its vector
     * @param lower whose values a token's are averaged with before: 0 the embeddings', 1 the first layer's, below the top layer;
     *     empty where the top layer's count alone
     */
    public record Settings(WeightFormat format, int threads, Reduction reduction, OptionalInt lower) {}

    /**
     * Whether this JVM was started with the Vector API, {@code --add-modules jdk.incubator.vector}, and compiles it: its first
     * compiler alone makes objects of vectors, a hundred times slower.
     */
    public static boolean available() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && lastCompilerLevel() == OPTIMIZING;
    }

    private static int lastCompilerLevel() {
        return Optional.ofNullable(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class))
                .map(machine -> Integer.parseInt(
                        machine.getVMOption("TieredStopAtLevel").getValue()))
                .orElse(OPTIMIZING);
    }

    /** Whether rows of these widths are whole vectors. */
    public static boolean supports(Dimensions dimensions) {
        return dimensions.hidden() % Dimensions.MULTIPLE == 0 && dimensions.intermediate() % Dimensions.MULTIPLE == 0;
    }

    /** One vector of norm 1 for each text's token ids, in the order given. */
    public float[][] encode(List<int[]> texts) {
        float[][] vectors = new float[texts.size()][];
        List<int[]> batches = batches(texts);
        int dealt = batches.size() - batches.size() % team.threads();
        team.each(
                dealt,
                (worker, scratch, batch) ->
                        encode(texts, batches.get(batch), vectors, worker, Crew.alone(worker, scratch)));
        for (int[] batch : batches.subList(dealt, batches.size())) {
            encode(texts, batch, vectors, 0, team);
        }
        return vectors;
    }

    /** Places of texts, the longest first, so that what is left for the end is short. */
    private List<int[]> batches(List<int[]> texts) {
        int[] order = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -texts.get(i).length))
                .mapToInt(Integer::intValue)
                .toArray();
        int most = tokensOfBatch(texts.stream().mapToInt(text -> text.length).summaryStatistics());
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            int tokens = texts.get(order[from]).length;
            while (to < order.length && tokens + texts.get(order[to]).length <= most) {
                tokens += texts.get(order[to++]).length;
            }
            batches.add(Arrays.copyOfRange(order, from, to));
            from = to;
        }
        return batches;
    }

    /** So that each thread gets as much: an even share, and room for a text that would not quite fit. */
    private int tokensOfBatch(IntSummaryStatistics lengths) {
        long threads = team.threads();
        long rounds = Math.max(1, (lengths.getSum() + threads * BATCH - 1) / (threads * BATCH));
        long share = lengths.getSum() / (threads * rounds) + lengths.getMax() / 2;
        return share < FEWEST ? BATCH : (int) Math.min(BATCH, share);
    }

    private void encode(List<int[]> texts, int[] places, float[][] vectors, int own, Crew crew) {
        Activations batch = network.batch(own);
        batch.begin(IntStream.of(places).mapToObj(texts::get).toList());
        crew.each(batch.texts(), (worker, scratch, text) -> embed(batch, text, texts.get(places[text]), scratch));
        crew.each(batch.rows.groups(), (worker, scratch, group) -> batch.lay(group, scratch));
        network.forward(own, crew);
        for (int text = 0; text < places.length; text++) {
            vectors[places[text]] = pooled(batch, text);
        }
    }

    private void embed(Activations batch, int text, int[] ids, Scratch scratch) {
        for (int i = 0; i < ids.length; i++) {
            int row = batch.starts[text] + i;
            embeddings.row(ids[i], i, batch.x, row * dimensions.hidden());
            norm.apply(batch.x, row * dimensions.hidden(), scratch.lanes);
        }
    }

    private float[] pooled(Activations batch, int text) {
        float[] vector = reduction.of(batch.x, batch.starts[text], batch.starts[text + 1], dimensions.hidden());
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        float scale = (float) (1 / Math.max(Math.sqrt(squares), 1e-12));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    @Override
    public void close() {
        team.close();
    }
}
