package dev.millrace.trainer.round;

import dev.millrace.trainer.learning.round.Merge;
import dev.millrace.trainer.learning.round.Quorum;
import dev.millrace.trainer.learning.round.delta.DeltaCodec;
import java.time.InstantSource;

/**
 * How several trainers work together.
 *
 * @param merge what becomes of their shares
 * @param quorum when they are merged
 * @param codec by which a change of weights is written
 * @param ahead whether a trainer learns its next window while its share waits to be merged
 * @param clock by which is waited; one that does not jump
 */
public record RoundRules(Merge merge, Quorum quorum, DeltaCodec codec, boolean ahead, InstantSource clock) {}
