package dev.millrace.embedding.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.optim.rule.LearnedWeights;
import dev.millrace.embedding.train.version.PublishedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What of an encoder learns, and how its weights come of that. For one thread at a time. */
interface LearnedPart extends AutoCloseable {
    /** What learns by name, as training states have it. */
    List<String> names();

    /** The numbers under these names. */
    NDList learned();

    /** All that learns: these, and behind them an objective's own by name. */
    default LearnedWeights weights(Map<String, NDArray> own) {
        List<String> names = new ArrayList<>(names());
        NDList arrays = new NDList(learned());
        own.forEach((name, array) -> {
            names.add(name);
            arrays.add(array);
        });
        return new LearnedWeights(names, arrays, names().size(), differentiates(0));
    }

    /** Whether it is what a folder's training state is about; else this state says no more than how many steps there were. */
    boolean goesOn();

    /** Whether the gradient of the weight at this place of the plan's order is wanted. */
    boolean differentiates(int place);

    /** The gradients of what learns, in {@code scope}, by those of the weights that are differentiated; what is behind these stays. */
    NDList gradients(PtNDManager scope, NDList found);

    /** All weights of an encoder in the plan's order, for these numbers of what learns; {@code owner} keeps what is made for it. */
    NDList encoder(PtNDManager owner, NDList numbers);

    /** Has weights that were made of numbers follow these, which have changed since. */
    void follow(NDList numbers, NDList encoder);

    /** The files of a version. */
    PublishedModel files();

    @Override
    void close();
}
