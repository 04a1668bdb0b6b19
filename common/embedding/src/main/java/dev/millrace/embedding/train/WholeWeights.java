package dev.millrace.embedding.train;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.adapter.MergedWeights;
import dev.millrace.embedding.files.ModelFiles;
import dev.millrace.embedding.files.Safetensors.Stored;
import dev.millrace.embedding.train.version.PublishedModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights themselves learn, those above what is frozen. */
final class WholeWeights implements LearnedPart {
    private final Path source;
    private final List<String> parameters;
    private final MergedWeights merged;
    private final NDList weights;
    private final int frozen;

    /**
     * Takes over the weights; an adapter of the folder is in them from here on.
     *
     * @param source folder that they and all other files of a version come from
     * @param parameters their names, in the plan's order
     * @param frozen how many of them stay as they are
     */
    WholeWeights(Path source, List<String> parameters, MergedWeights merged, int frozen) {
        this.source = source;
        this.parameters = parameters;
        this.merged = merged;
        weights = merged.arrays();
        this.frozen = frozen;
    }

    @Override
    public List<String> names() {
        return parameters.subList(frozen, parameters.size());
    }

    @Override
    public NDList learned() {
        return weights.subNDList(frozen);
    }

    @Override
    public boolean goesOn() {
        return true;
    }

    @Override
    public boolean differentiates(int place) {
        return place >= frozen;
    }

    @Override
    public NDList gradients(PtNDManager scope, NDList found) {
        return found;
    }

    @Override
    public NDList encoder(PtNDManager owner, NDList numbers) {
        NDList encoder = new NDList(weights.subNDList(0, frozen));
        encoder.addAll(numbers);
        return encoder;
    }

    /** They are the numbers. */
    @Override
    public void follow(NDList numbers, NDList encoder) {}

    @Override
    public PublishedModel files() {
        return (target, published) -> {
            ModelFiles.copyAllButWeights(source, target);
            Map<String, Stored> all = new LinkedHashMap<>(merged.changed());
            all.putAll(published);
            ModelFiles.writeWeights(source, target, all);
        };
    }

    /** The weights go with whose they were. */
    @Override
    public void close() {}
}
