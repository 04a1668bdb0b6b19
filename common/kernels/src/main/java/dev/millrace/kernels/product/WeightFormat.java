package dev.millrace.kernels.product;

/** How the weights of products are kept. */
public sealed interface WeightFormat {
    /** As they are. */
    record Fp32() implements WeightFormat {}

    /** Rounded to the nearest bfloat16: half the memory, and faster; sums are fp32. */
    record Bf16() implements WeightFormat {}

    /**
     * In whole numbers of 8 bits, as are the rows they are multiplied by: a quarter of the memory, and where the processor has
     * instructions for it several times as fast. What is between the products is fp32.
     */
    record Int8(IntegerProducts products) implements WeightFormat {}
}
