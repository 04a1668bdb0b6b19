package dev.millrace.embedding.encode;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.adapter.MergedWeights;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Graph;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Processor;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.text.UnencodableTextException;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.kernels.EncoderKernels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Texts to vectors with fixed weights, by the {@link Route} that it is given. For one thread at a time; its native memory is
 * freed by {@link #close()}.
 */
public final class Encoder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Encoder.class.getName());

    private final PtNDManager manager;
    private final Graph graph;
    private final Encoding encoding;
    private final Route.Engine engine;

    /** Takes over {@code manager}; {@code masters} are read, not kept. */
    public Encoder(PtNDManager manager, ModelFolder model, NDList masters, EncoderOptions options) {
        this(manager, model, masters, options, engine(model, options));
    }

    private Encoder(
            PtNDManager manager, ModelFolder model, NDList masters, EncoderOptions options, Route.Engine engine) {
        this.manager = manager;
        this.engine = engine;
        graph = new Graph(manager, model);
        encoding = encoding(masters, options);
        LOG.log(
                System.Logger.Level.DEBUG,
                "encoding in " + options.precision() + " by " + engine + " on " + options.device());
    }

    private Encoding encoding(NDList masters, EncoderOptions options) {
        if (engine == Route.Engine.LIBTORCH) {
            return new TorchEncoding(manager, graph, masters, options);
        }
        return graph.model().config().isStatic()
                ? new BagEncoding(manager, masters, options)
                : new KernelEncoding(manager, graph, masters, options);
    }

    /**
     * The fastest route of fp32 and bf16 to encode by alone, for this device, machine and JVM.
     *
     * @param device as {@link EncoderOptions#device}
     */
    public static Route fastest(String device) {
        return Route.forEncoding(Processor.here(), device, EncoderKernels.available());
    }

    /**
     * The same for this model: where the kernels do not compute its plan, the fastest of libtorch's; where nothing is multiplied, that of
     * fp32.
     */
    public static Route fastest(String device, ModelFolder model) {
        if (model.config().isStatic()) {
            return Route.of(Processor.here(), device, Precision.FP32);
        }
        boolean kernels = EncoderKernels.available()
                && KernelPlan.of(model.config()).impediment().isEmpty();
        return Route.forEncoding(Processor.here(), device, kernels);
    }

    /** Why this process cannot encode in this precision on this device, in one line; empty where it can. */
    public static Optional<String> impediment(Precision precision, String device) {
        return precision == Precision.INT8 ? TorchIntegerProducts.impediment(device) : Optional.empty();
    }

    /** Loads a model folder for encoding; see {@link #load(ModelFolder, EncoderOptions)}. */
    public static Encoder load(Path folder, EncoderOptions options) {
        return load(ModelFolder.read(folder), options);
    }

    /**
     * Loads a model folder for encoding.
     *
     * @throws UnsupportedModelException naming the file, tensor or key that is wrong
     */
    public static Encoder load(ModelFolder model, EncoderOptions options) {
        Route.Engine engine = engine(model, options);
        PtNDManager manager = TorchModule.manager(options.firstDevice(), options.threads());
        try (PtNDManager loading = TorchModule.scope(manager)) {
            return new Encoder(manager, model, MergedWeights.arrays(loading, model), options, engine);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** The kernels end with the pooling. */
    private static Route.Engine engine(ModelFolder model, EncoderOptions options) {
        if (model.dense().isEmpty()) {
            return KernelEncoding.engine(model.config(), options);
        }
        if (options.precision() == Precision.INT8) {
            throw new UnsupportedModelException("modules.json: a model with Dense is not encoded in precision int8");
        }
        return Route.Engine.LIBTORCH;
    }

    /** What encodes: for logs and metrics. */
    public Route.Engine engine() {
        return engine;
    }

    /** Length of a vector. */
    public int dimensions() {
        return graph.model().dimensions();
    }

    /**
     * Encodes texts.
     *
     * @throws UnencodableTextException naming a text with a token that the model has no row for, or with more than it reads
     * @return one vector of {@link #dimensions()} values and L2 norm 1 a text, in the order given
     */
    public float[][] encode(List<Tokens> texts) {
        for (int i = 0; i < texts.size(); i++) {
            require(texts.get(i), i);
        }
        return encoding.encode(texts);
    }

    /** Native code would read beyond the tables, and all texts of the call would fail. */
    private void require(Tokens text, int index) {
        ModelConfig config = graph.model().config();
        if (text.length() > config.maxTokens()) {
            throw new UnencodableTextException(
                    index, text.length() + " tokens are more than the " + config.maxTokens() + " that the model reads");
        }
        for (int id : text.ids()) {
            if (id < 0 || id >= config.vocabulary()) {
                throw new UnencodableTextException(index, "the model has no vector for its token " + id);
            }
        }
    }

    @Override
    public void close() {
        encoding.close();
        graph.close();
        manager.close();
    }
}
