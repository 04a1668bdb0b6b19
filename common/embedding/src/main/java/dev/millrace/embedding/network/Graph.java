package dev.millrace.embedding.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.text.PackedBatch;
import dev.millrace.embedding.torch.NativeLibraries;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.torch.TorchScriptArchive;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The encoder's computation ({@code encoder.torchscript}) for one plan; weights are arguments of every call. */
public final class Graph implements AutoCloseable {
    /** Fused arrays of the embeddings, and of each layer: the first twelve are those of a layer of BERT's. */
    public static final int FUSED_EMBEDDINGS = 4;

    public static final int FUSED_LAYER = 20;
    static final long ROUTE_LINEAR = 0;
    static final long ROUTE_CONVOLUTION = 1;
    static final long ROUTE_FUSED = 2;

    private final ModelFolder model;
    private final PtNDManager manager;
    private final TorchModule module;
    private final DropoutBytes dropout;
    private final Optional<DenseHead> head;
    private final ScriptWeights weights;

    public Graph(PtNDManager manager, ModelFolder model) {
        this(manager, model, NativeLibraries.oneDnn());
    }

    public Graph(PtNDManager manager, ModelFolder model, boolean oneDnn) {
        this.model = model;
        this.manager = manager;
        dropout = new DropoutBytes(manager);
        head = Optional.of(model.dense()).filter(dense -> !dense.isEmpty()).map(dense -> new DenseHead(manager, dense));
        weights = new ScriptWeights(manager, model.config().plan());
        module = new TorchModule(manager, archive(ScriptAttributes.of(model), oneDnn));
    }

    /** The script with its products for inference, as libtorch has them here: it compiles no call of what it lacks. */
    static byte[] archive(Map<String, Object> attributes, boolean oneDnn) {
        String products = TorchScriptArchive.text(oneDnn ? "onednn.torchscript" : "blas.torchscript");
        return TorchScriptArchive.of("Encoder", TorchScriptArchive.text("encoder.torchscript") + products, attributes);
    }

    public ModelFolder model() {
        return model;
    }

    /** Weights ready for inference, attached to this graph's manager; to be closed by the caller. */
    public FusedWeights fuse(NDList masters, Precision precision, boolean onCpu) {
        NDList fused = fused(masters, precision);
        boolean packs =
                onCpu && (precision != Precision.BF16 || Processor.here().packsBf16());
        return packs ? packed(fused) : new FusedWeights(TorchModule.list(fused), ROUTE_LINEAR);
    }

    /** The masters as {@code fuse} of {@code encoder.torchscript} lists them; to be closed by the caller. */
    public NDList fused(NDList masters, Precision precision) {
        try (IValue list = TorchModule.list(weights.all(masters));
                IValue type = IValue.from(type(precision))) {
            return module.list("fuse", manager, list, type);
        }
    }

    /** The relative bias [1, heads, s, s] of a text of s tokens, attached to {@code scope}. */
    public NDArray distances(PtNDManager scope, NDArray table, int tokens) {
        try (IValue argument = IValue.from((PtNDArray) table);
                IValue fields = IValue.listFrom(1L, (long) tokens, (long) tokens, 0L)) {
            return module.infer("distances", scope, argument, fields);
        }
    }

    private FusedWeights packed(NDList fused) {
        try (fused;
                IValue list = TorchModule.list(fused)) {
            return new FusedWeights(TorchModule.list(module.list("pack", manager, list)), ROUTE_FUSED);
        }
    }

    /**
     * The weights' memory as new leaves, whose gradients go with {@code scope} and need not be zeroed and added to; of the
     * word table a copy of the rows with these ids. Those have a gradient whose place {@code learns} accepts.
     */
    public NDList leaves(PtNDManager scope, NDList weights, NDArray ids, IntPredicate learns) {
        NDList leaves = new NDList(weights.get(0).get(scope, new NDIndex("{}", ids)));
        try (IValue list = TorchModule.list(weights.subNDList(1))) {
            leaves.addAll(module.list("leaves", scope, list));
        }
        IntStream.range(0, leaves.size()).filter(learns).forEach(place -> leaves.get(place)
                .setRequiresGradient(true));
        return TorchModule.named("w[]", leaves);
    }

    /** Copies values over, from any device. */
    public void copy(NDList from, NDList to) {
        try (PtNDManager scope = TorchModule.scope(manager);
                IValue targets = TorchModule.list(to);
                IValue sources = TorchModule.list(from)) {
            module.infer("copy", scope, targets, sources);
        }
    }

    /** [n, d] unit vectors of a packed batch, attached to {@code scope}, without a graph. */
    public PtNDArray infer(PtNDManager scope, PackedBatch batch, FusedWeights weights) {
        try (IValue arrays = TorchModule.list(batch.arrays(scope));
                IValue fields = IValue.listFrom(batch.fields());
                IValue route = IValue.from(weights.route())) {
            return vectors(scope, module.infer("infer", scope, arrays, weights.list(), fields, route), false);
        }
    }

    /** What leaves the script for texts, [n, d], through the Dense modules where the folder has some: unit vectors. */
    public PtNDArray vectors(PtNDManager scope, PtNDArray finished, boolean gradient) {
        return head.map(dense -> dense.vectors(scope, finished, gradient)).orElse(finished);
    }

    /** A differentiable stage of the computation. */
    public PtNDArray call(String stage, boolean gradient, PtNDManager scope, NDList arguments) {
        return module.call(stage, gradient, scope, arguments);
    }

    public DropoutBytes dropout() {
        return dropout;
    }

    /** How a training step multiplies, as the script numbers it. */
    public static long products(Route route) {
        return route.products() == Route.Products.CONVOLUTION ? ROUTE_CONVOLUTION : ROUTE_LINEAR;
    }

    /** All weights of a pass, given in the plan's order. */
    public NDList weights(NDList parameters) {
        return TorchModule.named("w[]", weights.all(parameters));
    }

    /** The embeddings' of all weights. */
    public NDList embeddings(NDList parameters) {
        return TorchModule.named("w[]", weights.embeddings(parameters));
    }

    /** A layer's of all weights, and what it shares with the others. */
    public NDList layer(NDList parameters, int layer) {
        return TorchModule.named("w[]", weights.layer(parameters, layer));
    }

    public static long type(Precision precision) {
        // PyTorch's ScalarType numbers.
        return precision == Precision.BF16 ? 15 : 6;
    }

    @Override
    public void close() {
        head.ifPresent(DenseHead::close);
        module.close();
    }
}
