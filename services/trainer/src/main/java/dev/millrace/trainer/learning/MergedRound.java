package dev.millrace.trainer.learning;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.round.Base;
import dev.millrace.trainer.learning.round.Merge;
import java.util.List;
import java.util.Optional;

/**
 * What several trainers came to together.
 *
 * @param base what the version follows that it becomes
 * @param merged what was made of their weights
 * @param own what the trainer that merges has taught itself, if that is in it
 * @param windows all that is in it, in the order in which it is merged
 */
public record MergedRound(Base base, Merge.Merged merged, Optional<Learner.Taught> own, List<List<Pair>> windows) {
    /** Steps of which the numbers are known: the trainer's own. */
    TrainingSteps.Result trained() {
        return own.map(Learner.Taught::steps).orElse(TrainingSteps.Result.NONE);
    }
}
