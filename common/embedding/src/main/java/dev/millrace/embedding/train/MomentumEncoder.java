package dev.millrace.embedding.train;

import ai.djl.pytorch.engine.PtNDArray;
import dev.millrace.embedding.objective.batch.KeyQueue;
import dev.millrace.embedding.objective.batch.Momentum;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.Side;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.loss.Objective;
import dev.millrace.embedding.text.MicroBatches;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.Differentiation;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import java.util.Arrays;
import java.util.List;

/**
 * The momentum encoder (MoCo, He et al. 2020): the average of the weights as it is published, without dropout, and a queue of
 * the positives that it saw.
 */
final class MomentumEncoder implements AutoCloseable {
    private final Replicas replicas;
    private final Runnable average;
    private final Objective objective;
    private KeyQueue queue;

    /**
     * Over replicas of the average, without dropout.
     *
     * @param average puts it into these weights, where it is not these themselves
     * @param queue of the steps until now
     */
    MomentumEncoder(Replicas replicas, Runnable average, Objective objective, KeyQueue queue) {
        this.replicas = replicas;
        this.queue = queue;
        this.average = average;
        this.objective = objective;
    }

    KeyQueue queue() {
        return queue;
    }

    /** What it sees of a batch, whose tokens count {@code rows}. */
    Momentum see(TrainingBatch batch, VocabularyRows rows, int tokenBudget) {
        try (DeviceShares shares = replicas.shares(rows, Differentiation.NOTHING)) {
            MicroBatches micro = MicroBatches.forTraining(batch.texts(), tokenBudget, shares.count());
            PtNDArray vectors = shares.vectors(micro, batch.texts(), 0);
            return new Momentum(rows(vectors), queue);
        }
    }

    /** After the average has changed otherwise than by a step. */
    void follow() {
        average.run();
        replicas.follow();
    }

    /** After a step, which has moved the average: the batch's positives join the queue. */
    void follow(TrainingBatch batch) {
        float[][] seen = batch.momentum().orElseThrow().keys();
        follow();
        List<Row> rows = batch.roles().rows(Side.ANCHORS);
        List<KeyQueue.Key> keys = rows.stream()
                .mapToInt(Row::positive)
                .distinct()
                .mapToObj(text ->
                        new KeyQueue.Key(seen[text], batch.roles().identities().apply(text)))
                .toList();
        if (!keys.isEmpty()) {
            queue = queue.with(keys, objective.queue(rows.size()));
        }
    }

    private static float[][] rows(PtNDArray vectors) {
        int width = Math.toIntExact(vectors.getShape().get(1));
        float[] all = vectors.toFloatArray();
        float[][] rows = new float[all.length / width][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
        }
        return rows;
    }

    @Override
    public void close() {
        replicas.close();
    }
}
