package dev.millrace.embedding.train.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** A micro-batch that was encoded and can be differentiated once. */
sealed interface ForwardPass permits ForwardPass.Whole, LayerCheckpoints {
    /** [n, d] unit vectors of its texts, or [T, d] states of its tokens. */
    PtNDArray output();

    /** Adds the weights' gradient to the leaves, given that of the output. */
    void backward(NDArray gradient);

    /** Every activation is kept from the way forward. */
    record Whole(PtNDArray output) implements ForwardPass {
        @Override
        public void backward(NDArray gradient) {
            JniUtils.backward(output, (PtNDArray) gradient, false, false);
        }
    }
}
