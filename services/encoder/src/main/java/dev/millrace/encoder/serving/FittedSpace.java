package dev.millrace.encoder.serving;

import dev.millrace.embedding.space.SpaceFit;
import java.util.Optional;

/**
 * An index that is in use, and how one version's vectors get into it.
 *
 * @param name of its space
 * @param builtWith the version that made its vectors
 * @param fit empty where there is no way
 * @param trouble why there is none; empty where there is one
 */
public record FittedSpace(String name, String builtWith, Optional<SpaceFit> fit, String trouble) {
    public static FittedSpace fitted(String name, String builtWith, SpaceFit fit) {
        return new FittedSpace(name, builtWith, Optional.of(fit), "");
    }

    public static FittedSpace unfit(String name, String builtWith, String trouble) {
        return new FittedSpace(name, builtWith, Optional.empty(), trouble);
    }

    /** Whether less is found than the bound, or nothing can be: the index ought to be built again. */
    public boolean isRebuildDue(double leastRecall) {
        return fit.filter(found -> found.recall() >= leastRecall).isEmpty();
    }
}
