package dev.millrace.kernels;

/** How the weights of products are kept; sums, and everything between the products, are always fp32. */
public enum WeightFormat {
    /** As they are. */
    FP32,
    /** Rounded to the nearest bfloat16: half the memory, and faster. */
    BF16
}
