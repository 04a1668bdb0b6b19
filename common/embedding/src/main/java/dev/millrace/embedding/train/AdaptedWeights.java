package dev.millrace.embedding.train;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.adapter.Adapter;
import dev.millrace.embedding.train.version.PublishedModel;
import java.util.List;

/** An adapter learns, the weights that it is added to stay as they are. */
record AdaptedWeights(Adapter adapter) implements LearnedPart {
    @Override
    public List<String> names() {
        return adapter.names();
    }

    @Override
    public NDList learned() {
        return adapter.numbers();
    }

    @Override
    public boolean goesOn() {
        return adapter.goesOn();
    }

    @Override
    public boolean differentiates(int place) {
        return adapter.changes(place);
    }

    @Override
    public NDList gradients(PtNDManager scope, NDList found) {
        return adapter.gradients(scope, found);
    }

    @Override
    public NDList encoder(PtNDManager owner, NDList numbers) {
        return adapter.merged(owner, numbers);
    }

    @Override
    public void follow(NDList numbers, NDList encoder) {
        adapter.merge(numbers, encoder);
    }

    @Override
    public PublishedModel files() {
        return adapter.files()::write;
    }

    @Override
    public void close() {
        adapter.close();
    }
}
