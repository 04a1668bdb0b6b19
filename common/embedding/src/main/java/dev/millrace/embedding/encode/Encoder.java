package dev.millrace.embedding.encode;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Graph;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import java.nio.file.Path;
import java.util.List;

/**
 * Texts to vectors with fixed weights, by whichever {@link Encoding} is fastest here. For one thread at a time; its native memory is
 * freed by {@link #close()}.
 */
public final class Encoder implements AutoCloseable {
    private final PtNDManager manager;
    private final Graph graph;
    private final Encoding encoding;

    /** Takes over {@code manager}; {@code masters} are read, not kept. */
    public Encoder(PtNDManager manager, ModelFolder model, NDList masters, EncoderOptions options) {
        this(manager, model, masters, options, KernelEncoding.suits(model.config(), options));
    }

    private Encoder(PtNDManager manager, ModelFolder model, NDList masters, EncoderOptions options, boolean kernels) {
        this.manager = manager;
        graph = new Graph(manager, model);
        encoding = kernels
                ? new KernelEncoding(manager, graph, masters, options)
                : new TorchEncoding(manager, graph, masters, options);
    }

    /**
     * Loads a model folder for encoding.
     *
     * @throws UnsupportedModelException naming the file, tensor or key that is wrong
     */
    public static Encoder load(Path folder, EncoderOptions options) {
        ModelFolder model = ModelFolder.read(folder);
        return load(model, options, KernelEncoding.suits(model.config(), options));
    }

    public static Encoder load(ModelFolder model, EncoderOptions options, boolean kernels) {
        PtNDManager manager = TorchModule.manager(options.firstDevice(), options.threads());
        try (PtNDManager loading = TorchModule.scope(manager)) {
            return new Encoder(manager, model, ModelWeights.of(loading, model), options, kernels);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** Length of a vector. */
    public int dimensions() {
        return graph.model().config().hidden();
    }

    /**
     * Encodes texts.
     *
     * @return one vector of {@link #dimensions()} values and L2 norm 1 a text, in the order given
     */
    public float[][] encode(List<Tokens> texts) {
        return encoding.encode(texts);
    }

    @Override
    public void close() {
        encoding.close();
        graph.close();
        manager.close();
    }
}
