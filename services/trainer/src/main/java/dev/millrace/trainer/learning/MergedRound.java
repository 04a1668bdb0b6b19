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
 * @param own what the learner that goes on from it has taught itself, if that is in it
 * @param others the windows that are in it besides, in the order in which they are merged
 */
public record MergedRound(Base base, Merge.Merged merged, Optional<Learner.Taught> own, List<List<Pair>> others) {}
