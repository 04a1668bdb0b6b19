package dev.millrace.embedding.adapter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelFiles;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors.Stored;
import dev.millrace.embedding.files.Safetensors.Tensor;
import dev.millrace.embedding.torch.TorchModule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What learns beside an encoder's weights, which stay as they are. Weights with it in them are made where they are needed, and
 * gradients of those become its own: exact, and the same for every family and engine. Native memory is freed by {@link #close()}.
 */
public final class Adapter implements AutoCloseable {
    private final PtNDManager manager;
    private final ModelFolder model;
    private final AdapterDescription description;
    private final AdapterModule module;
    private final NDList base;
    private final NDList numbers;
    private final Map<String, Stored> changed;
    private final List<Integer> places;
    private final boolean goesOn;

    private Adapter(PtNDManager parent, ModelFolder model, AdapterDescription description, SplittableRandom random) {
        this.model = model;
        this.description = description;
        manager = TorchModule.scope(parent);
        module = new AdapterModule(manager, description);
        places = description.places(model.config());
        AdapterFolder saved = AdapterFolder.of(model.folder());
        goesOn = saved.exists() && saved.description(model.config()).equals(description);
        if (goesOn) {
            base = ModelWeights.of(manager, model);
            changed = Map.of();
            numbers = new NDList();
            saved.tensors(description, model.config()).values().forEach(tensor -> numbers.add(copied(tensor)));
        } else {
            MergedWeights merged = MergedWeights.of(manager, model);
            base = merged.arrays();
            changed = merged.changed();
            numbers = fresh(random);
        }
    }

    /**
     * That of a folder, where it has one like this. Where not, a new one: its A drawn evenly between plus and minus one by the root of
     * the inputs, B zero, magnitudes as the rows are, as PEFT begins; an adapter of another kind becomes part of the weights.
     *
     * @param frozenLayers how many of the lowest layers have none
     * @throws IllegalArgumentException when the model has no such matrix
     */
    public static Adapter of(PtNDManager manager, ModelFolder model, AdapterSettings settings, int frozenLayers) {
        return new Adapter(manager, model, settings.describe(model.config(), frozenLayers), settings.random());
    }

    private NDArray copied(Tensor tensor) {
        // DJL wraps a direct buffer without copying; this outlives the read-only mapped file.
        try (NDArray mapped = ModelWeights.array(manager, tensor)) {
            return mapped.duplicate();
        }
    }

    private NDList fresh(SplittableRandom random) {
        NDList fresh = new NDList();
        NDList rows = module.magnitudes(manager, MergedWeights.of(base, places));
        for (NDArray weight : MergedWeights.of(base, places)) {
            Shape shape = weight.getShape();
            fresh.add(manager.create(
                    drawn(random, Math.toIntExact(shape.get(1))), new Shape(description.rank(), shape.get(1))));
            fresh.add(manager.zeros(new Shape(shape.get(0), description.rank())));
            if (description.method() == AdapterMethod.DORA) {
                fresh.add(rows.get(fresh.size() / description.each()));
            }
        }
        return fresh;
    }

    private float[] drawn(SplittableRandom random, int inputs) {
        float[] drawn = new float[Math.multiplyExact(description.rank(), inputs)];
        double most = 1 / Math.sqrt(inputs);
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (float) (most * (2 * random.nextDouble() - 1));
        }
        return drawn;
    }

    /** Whether it was the folder's; else it begins here. */
    public boolean goesOn() {
        return goesOn;
    }

    /** Of its numbers, module by module: A [rank, inputs], B [outputs, rank], and for DoRA magnitudes [outputs]. */
    public List<String> names() {
        return description.names();
    }

    /** Under these names. */
    public NDList numbers() {
        return numbers;
    }

    /** Whether it is added to the weight at this place of the plan's order. */
    public boolean changes(int place) {
        return places.contains(place);
    }

    /** All weights in the plan's order with such numbers in them; those that it changes are new, and {@code owner} keeps them. */
    public NDList merged(PtNDManager owner, NDList with) {
        NDList all = new NDList(base);
        for (int place : places) {
            NDArray weight = base.get(place).duplicate();
            weight.attach(owner);
            all.set(place, weight);
        }
        merge(with, all);
        return all;
    }

    /** Puts such numbers into weights that were {@link #merged}. */
    public void merge(NDList with, NDList all) {
        try (PtNDManager scope = TorchModule.scope(manager)) {
            module.merge(scope, MergedWeights.of(all, places), MergedWeights.of(base, places), with);
        }
    }

    /** The gradients of its numbers, in {@code scope}, by those of the weights that it changes; what is behind these stays. */
    public NDList gradients(PtNDManager scope, NDList found) {
        int weights = places.size();
        NDList gradients =
                module.gradients(scope, found.subNDList(0, weights), MergedWeights.of(base, places), numbers);
        gradients.addAll(found.subNDList(weights));
        return gradients;
    }

    /** What writes a folder: the weights as they are, and beside them these numbers by name as an adapter of PEFT's. */
    public Files files() {
        return new Files(model.folder(), changed, description);
    }

    /**
     * How a model with an adapter becomes files, without native memory.
     *
     * @param source folder that all but the numbers comes from
     * @param changed weights that are other than its file says
     * @param description of the adapter
     */
    public record Files(Path source, Map<String, Stored> changed, AdapterDescription description) {
        /** Writes into a folder without such files, or a new one. */
        public void write(Path target, Map<String, Stored> published) {
            if (changed.isEmpty()) {
                ModelFiles.copy(source, target);
            } else {
                ModelFiles.copyAllButWeights(source, target);
                ModelFiles.writeWeights(source, target, changed);
            }
            AdapterFolder.of(target).write(description, published);
        }
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }
}
