package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.objective.loss.Objective;
import dev.millrace.embedding.text.MicroBatches;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.train.gradient.DeviceShare;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Autograd alone: every micro-batch keeps its graph, and the gradient goes through all of them at once. */
record PlainPass(Replicas replicas, int budget, long seed) {
    NDList gradients(PtNDManager manager, Objective objective, TrainingBatch batch, VocabularyRows rows) {
        List<Tokens> texts = Collections.nCopies(objective.views(), batch.texts()).stream()
                .flatMap(List::stream)
                .toList();
        MicroBatches micro = MicroBatches.forTraining(texts, budget, 1);
        assertThat(micro.bounds()).hasSizeGreaterThan(3);
        try (DeviceShare alone = replicas.first().share(rows, Differentiations.of(replicas, TrainingOptions.DEFAULT))) {
            List<NDArray> vectors = new ArrayList<>();
            for (int i = 0; i < micro.bounds().size(); i++) {
                vectors.add(alone.stages(alone.pack(micro, i, texts, seed)).whole(alone.scope(), true));
            }
            JniUtils.setGradMode(true);
            PtNDArray inOrder = (PtNDArray) NDArrays.concat(new NDList(vectors), 0)
                    .get(alone.scope(), new NDIndex("{}", alone.scope().create(micro.places())));
            JniUtils.setGradMode(false);
            PtNDArray leaf = (PtNDArray) inOrder.duplicate();
            leaf.attach(alone.scope());
            leaf.setRequiresGradient(true);
            new Losses(objective).backward(alone.scope(), batch, leaf, alone.parameters());
            JniUtils.backward(inOrder, leaf.getGradient(), false, false);
            NDList gradients = alone.gradients();
            gradients.attach(manager);
            return gradients;
        }
    }
}
