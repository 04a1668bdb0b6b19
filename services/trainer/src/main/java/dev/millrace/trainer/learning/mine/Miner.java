package dev.millrace.trainer.learning.mine;

import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.List;

/** Finds hard negatives: texts near an anchor that are not what it should be drawn to. */
@FunctionalInterface
public interface Miner {
    /**
     * Adds hard negatives.
     *
     * @param examples what is about to be learned
     * @param pool texts to mine from
     * @param vectors the current encoder
     * @return the examples in the same order, each with its mined negatives added
     */
    List<Example> mine(List<Example> examples, MiningPool pool, Vectors vectors, Mining mining);

    /**
     * One mining.
     *
     * @param seed of whatever is drawn
     * @param between to be called every few seconds or oftener: tells that the work goes on, and may throw to end it
     */
    record Mining(long seed, Runnable between) {}
}
