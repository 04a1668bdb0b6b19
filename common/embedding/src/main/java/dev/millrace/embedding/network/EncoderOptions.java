package dev.millrace.embedding.network;

import java.util.Arrays;
import java.util.List;

/**
 * Where and how the products run.
 *
 * @param device "cpu", "cuda" or "cuda:N"; several after commas share every training batch, and the first one encodes
 * @param route number format of the products and what computes them
 * @param threads of a step or of encoding, 1..256; libtorch's are one setting for the whole process, the last one wins
 * @param tokenBudget tokens per micro-batch, 16..1,048,576: bounds the memory of activations; those of a text of n tokens
 *     count 1 + n/128 times, for its attention weights. The kernels, whose batches are 256 tokens, do not ask for it
 */
public record EncoderOptions(String device, Route route, int threads, int tokenBudget) {
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

    /** By the fastest route in the precision on this machine. */
    public EncoderOptions(String device, Precision precision, int threads, int tokenBudget) {
        this(device, Route.of(Processor.here(), device, precision), threads, tokenBudget);
    }

    /** The CPU with the given threads, its fastest precision to train in, micro-batches of {@link #TOKEN_BUDGET}. */
    public static EncoderOptions cpu(int threads) {
        return new EncoderOptions("cpu", Route.forTraining(Processor.here(), "cpu"), threads, TOKEN_BUDGET);
    }

    /** Number format of the products. */
    public Precision precision() {
        return route.precision();
    }

    /** The same with another precision, by the fastest route in it. */
    public EncoderOptions with(Precision other) {
        return new EncoderOptions(device, other, threads, tokenBudget);
    }

    /** The same by another route. */
    public EncoderOptions with(Route other) {
        return new EncoderOptions(device, other, threads, tokenBudget);
    }

    /** The same with another engine to encode. */
    public EncoderOptions with(Route.Engine engine) {
        return with(new Route(route.precision(), engine, route.products()));
    }

    /** The same for each of the devices. */
    public List<EncoderOptions> eachDevice() {
        return Arrays.stream(device.split(","))
                .map(one -> new EncoderOptions(one, route, threads, tokenBudget))
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
