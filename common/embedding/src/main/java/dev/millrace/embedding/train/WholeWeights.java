package dev.millrace.embedding.train;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelFiles;
import dev.millrace.embedding.train.version.PublishedModel;
import java.nio.file.Path;
import java.util.List;

/** The weights themselves learn, those above what is frozen. */
final class WholeWeights implements LearnedPart {
    private final Path source;
    private final List<String> parameters;
    private final NDList weights;
    private final int frozen;

    /**
     * Takes over the weights.
     *
     * @param source folder that they and all other files of a version come from
     * @param parameters their names, in the plan's order
     * @param frozen how many of them stay as they are
     */
    WholeWeights(Path source, List<String> parameters, NDList weights, int frozen) {
        this.source = source;
        this.parameters = parameters;
        this.weights = weights;
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
            ModelFiles.writeWeights(source, target, published);
        };
    }

    /** The weights go with whose they were. */
    @Override
    public void close() {}
}
