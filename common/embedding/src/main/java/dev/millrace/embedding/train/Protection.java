package dev.millrace.embedding.train;

import dev.millrace.embedding.optim.WeightImportance;
import dev.millrace.embedding.optim.WeightUpdate;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Until it is closed, every step takes each weight back towards where it was at the beginning, as much as what is known rests
 * on it (elastic weight consolidation: Kirkpatrick et al. 2017). The places and the importance are kept beside the weights till
 * then, 8 bytes a learning weight.
 */
public final class Protection implements AutoCloseable {
    private final WeightUpdate update;
    private final WeightImportance importance;

    private Protection(WeightUpdate update) {
        this.update = update;
        importance = update.importance();
    }

    /** Begins once {@code known} has added the gradients of what is known. */
    static Protection of(WeightUpdate update, double strength, Consumer<WeightImportance> known) {
        Protection protection = new Protection(update);
        try {
            known.accept(protection.importance);
            protection.importance.normalize();
        } catch (RuntimeException e) {
            protection.importance.close();
            throw e;
        }
        update.hold(Optional.of(new WeightUpdate.Held(protection.importance, strength)));
        return protection;
    }

    @Override
    public void close() {
        update.hold(Optional.empty());
        importance.close();
    }
}
