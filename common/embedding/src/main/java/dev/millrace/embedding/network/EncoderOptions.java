package dev.millrace.embedding.network;

import java.util.Arrays;
import java.util.List;

/**
 * Where and how the products run.
 *
 * @param device "cpu", "cuda" or "cuda:N"; several after commas share every training batch, and the first one encodes
 * @param precision number format of the products
 * @param threads of a step or of encoding, 1..256; libtorch's are one setting for the whole process, the last one wins
 * @param tokenBudget tokens per micro-batch, 16..1,048,576: bounds the memory of activations; those of a text of n tokens
 *     count 1 + n/128 times, for its attention weights. The kernels, whose batches are 256 tokens, do not ask for it
 */
public record EncoderOptions(String device, Precision precision, int threads, int tokenBudget) {
    /** Enough for a batch of 64 pairs of 32 tokens in one micro-batch, which is then encoded only once. */
    public static final int TOKEN_BUDGET = 5120;

    /** What {@link #device} may be, as a regular expression. */
    public static final String DEVICES = "cpu(,cpu)*|cuda(:\\d+)?(,cuda:\\d+)*";

    /** Checks the ranges. */
    public EncoderOptions {
        if (!device.matches(DEVICES)) {
            throw new IllegalArgumentException(
                    "device must be cpu, cuda, cuda:N or several of one kind after commas, not " + device);
        }
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("threads must lie in 1..256, not " + threads);
        }
        if (tokenBudget < 16 || tokenBudget > 1 << 20) {
            throw new IllegalArgumentException("tokenBudget must lie in 16..1048576, not " + tokenBudget);
        }
    }

    /** The CPU with the given threads, its fastest precision, micro-batches of {@link #TOKEN_BUDGET}. */
    public static EncoderOptions cpu(int threads) {
        return new EncoderOptions("cpu", Precision.fastest("cpu"), threads, TOKEN_BUDGET);
    }

    /** The same with another precision. */
    public EncoderOptions with(Precision other) {
        return new EncoderOptions(device, other, threads, tokenBudget);
    }

    /** The same for each of the devices. */
    public List<EncoderOptions> eachDevice() {
        return Arrays.stream(device.split(","))
                .map(one -> new EncoderOptions(one, precision, threads, tokenBudget))
                .toList();
    }

    /** The device that encodes, and that holds the weights while they learn. */
    public String firstDevice() {
        return eachDevice().get(0).device();
    }

    public boolean onCpu() {
        return device.startsWith("cpu");
    }
}
