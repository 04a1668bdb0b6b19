package dev.millrace.embedding.train;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** A micro-batch that was encoded and can be differentiated once. */
sealed interface ForwardPass permits ForwardPass.Whole, LayerCheckpoints {
    /** [n, d] unit vectors. */
    PtNDArray vectors();

    /** Adds the weights' gradient to the leaves, given that of the vectors [n, d]. */
    void backward(NDArray gradient);

    /** Every activation is kept from the way forward. */
    record Whole(PtNDArray vectors) implements ForwardPass {
        @Override
        public void backward(NDArray gradient) {
            JniUtils.backward(vectors, (PtNDArray) gradient, false, false);
        }
    }
}
