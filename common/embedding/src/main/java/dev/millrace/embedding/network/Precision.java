package dev.millrace.embedding.network;

/** Number format of the matrix products; LayerNorm, softmax, pooling and master weights are always fp32. */
public enum Precision {
    /** IEEE single precision everywhere. */
    FP32,
    /**
     * bfloat16 products, about half the time on most processors and GPUs that have instructions for it; of encoding in the
     * JVM's vector instructions the weights alone.
     */
    BF16,
    /**
     * For encoding on a CPU alone: weights and rows of the products in whole numbers of 8 bits, each row and each column with a scale of its
     * own, added up exactly. About twice as fast; cosine to fp32 some .999 and to be above .995.
     */
    INT8
}
