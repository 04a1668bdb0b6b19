package dev.millrace.embedding.encode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.Pooling;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Graph;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.kernels.EncoderKernels;
import dev.millrace.kernels.activation.Embeddings;
import dev.millrace.kernels.activation.Reduction;
import dev.millrace.kernels.layer.RelativeBias;
import dev.millrace.kernels.product.WeightFormat;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** Encodes on the CPU with the JVM's own vector instructions, without libtorch; weights laid out as {@code encoder.torchscript} fuses them. */
final class KernelEncoding implements Encoding {
    /** Arrays of a layer that the kernels take: the first of those that the script fuses. */
    private static final int LAYER = 12;

    private static final double SHARE_OF_HEAP = 0.7;
    private static final System.Logger LOG = System.getLogger(KernelEncoding.class.getName());

    private final Optional<TorchIntegerProducts> integers;
    private final EncoderKernels kernels;

    /** {@code masters} are read; of the word table, which is read in place, {@code manager} keeps the memory. */
    KernelEncoding(PtNDManager manager, Graph graph, NDList masters, EncoderOptions options) {
        ModelConfig config = graph.model().config();
        NDArray words = masters.get(0).reshape(masters.get(0).getShape());
        words.attach(manager);
        integers = options.precision() == Precision.INT8
                ? Optional.of(new TorchIntegerProducts(manager, options.threads()))
                : Optional.empty();
        try (NDList fused = graph.fused(masters, Precision.FP32)) {
            kernels = new EncoderKernels(
                    KernelPlan.of(config).dimensions(),
                    new Embeddings(
                            floats(words),
                            fused.get(1).toFloatArray(),
                            fused.get(2).toFloatArray(),
                            fused.get(3).toFloatArray()),
                    relative(manager, graph, fused),
                    index -> fused.get(place(index)).toFloatArray(),
                    new EncoderKernels.Settings(
                            format(options.precision()),
                            options.threads(),
                            reduction(graph.model().pooling()),
                            graph.model().lower()));
        }
    }

    private static int place(int index) {
        return Graph.FUSED_EMBEDDINGS + index / LAYER * Graph.FUSED_LAYER + index % LAYER;
    }

    private WeightFormat format(Precision precision) {
        return switch (precision) {
            case FP32 -> new WeightFormat.Fp32();
            case BF16 -> new WeightFormat.Bf16();
            case INT8 -> new WeightFormat.Int8(integers.orElseThrow());
        };
    }

    /**
     * What encodes this model: what the route says, or libtorch where the kernels do not compute its plan, or, which is said, where this
     * JVM does not offer them. By nothing else: two processes that encode in two ways give vectors of other bits.
     *
     * @throws IllegalArgumentException when there is no way to the precision here
     */
    static Route.Engine engine(ModelConfig config, EncoderOptions options) {
        if (options.precision() == Precision.INT8) {
            requireInt8(config, options);
            return Route.Engine.KERNELS;
        }
        if (options.route().engine() == Route.Engine.LIBTORCH || !options.onCpu()) {
            return Route.Engine.LIBTORCH;
        }
        // Before the plan: even it knows classes of the module that is missing then.
        if (!EncoderKernels.available()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the route \"" + options.route()
                            + "\" is for the kernels, which this JVM does not offer (start it with "
                            + "--add-modules jdk.incubator.vector): libtorch encodes, and the last bits of vectors are others");
            return Route.Engine.LIBTORCH;
        }
        if (!config.isStatic() && KernelPlan.of(config).impediment().isPresent()) {
            return Route.Engine.LIBTORCH;
        }
        requireHeap(config, options.precision(), Runtime.getRuntime().maxMemory());
        return Route.Engine.KERNELS;
    }

    /** Said before the heap is full, and never a reason to encode in another way without a word. */
    static void requireHeap(ModelConfig config, Precision precision, long heap) {
        long weights = (long) config.layers()
                * config.hidden()
                * (4L * config.hidden() + 2L * config.plan().widths().intermediate());
        long bytes = weights * (precision == Precision.BF16 ? Short.BYTES : Float.BYTES);
        if (bytes > heap * SHARE_OF_HEAP) {
            throw new UnsupportedModelException("config.json: the kernels keep " + (bytes >> 20)
                    + " MiB of this model's weights in the JVM's heap, which is " + (heap >> 20)
                    + " MiB: give it more memory (-Xmx, -XX:MaxRAMPercentage or the pod's limit)");
        }
    }

    private static void requireInt8(ModelConfig config, EncoderOptions options) {
        TorchIntegerProducts.impediment(options.device()).ifPresent(reason -> {
            throw new IllegalArgumentException("precision int8: " + reason);
        });
        KernelPlan.of(config).impediment().ifPresent(part -> {
            throw new UnsupportedModelException("config.json: precision int8 is not for " + part
                    + ", which this model of the type \"" + config.type() + "\" has");
        });
    }

    private static Reduction reduction(Pooling pooling) {
        return switch (pooling) {
            case MEAN, MEAN_SQRT_LEN -> Reduction.SUM;
            case CLS -> Reduction.FIRST;
            case LAST -> Reduction.LAST;
            case WEIGHTED_MEAN -> Reduction.WEIGHTED_SUM;
            case MAX -> Reduction.MAXIMUM;
        };
    }

    private static FloatBuffer floats(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** The script's table of biases for the longest text, of which each distance is needed once. */
    private static RelativeBias relative(PtNDManager manager, Graph graph, NDList fused) {
        ModelConfig config = graph.model().config();
        if (config.plan().stack().relative().isEmpty()) {
            return RelativeBias.NONE;
        }
        int longest = config.maxTokens();
        try (PtNDManager scope = TorchModule.scope(manager)) {
            NDArray table = graph.distances(scope, fused.get(fused.size() - 1), longest);
            // From the first query on and from the first key on: all of it may be more than one array holds.
            float[] onwards = table.get("0, :, 0, :").toFloatArray();
            float[] backwards = table.get("0, :, :, 0").toFloatArray();
            float[][] heads = new float[config.heads()][2 * longest - 1];
            for (int head = 0; head < config.heads(); head++) {
                for (int i = 0; i < longest; i++) {
                    heads[head][longest - 1 + i] = onwards[head * longest + i];
                    heads[head][longest - 1 - i] = backwards[head * longest + i];
                }
            }
            return new RelativeBias(heads);
        }
    }

    @Override
    public float[][] encode(List<Tokens> texts) {
        List<int[]> ids = texts.stream().map(Tokens::ids).toList();
        return integers.map(products -> products.during(() -> kernels.encode(ids)))
                .orElseGet(() -> kernels.encode(ids));
    }

    @Override
    public void close() {
        kernels.close();
        integers.ifPresent(TorchIntegerProducts::close);
    }
}
