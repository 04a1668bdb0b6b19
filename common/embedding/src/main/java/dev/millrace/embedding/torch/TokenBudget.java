package dev.millrace.embedding.torch;

import ai.djl.engine.EngineException;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Tokens that a micro-batch may hold: as many as configured, until a device has not the memory for so many. Then half of
 * it, which is said, and the work is done again; smaller micro-batches give the same result.
 */
public final class TokenBudget {
    private static final System.Logger LOG = System.getLogger(TokenBudget.class.getName());
    private static final int LEAST = 16;

    private int tokens;

    public TokenBudget(int tokens) {
        this.tokens = tokens;
    }

    /** Work that frees what it holds when it fails, given the tokens it may use at once. */
    public <T> T fit(IntFunction<T> work) {
        while (true) {
            try {
                return work.apply(tokens);
            } catch (EngineException e) {
                if (!outOfMemory(e) || tokens / 2 < LEAST) {
                    throw e;
                }
                LOG.log(
                        System.Logger.Level.WARNING,
                        "out of memory with " + tokens + " tokens a micro-batch; trying again with " + tokens / 2);
                tokens /= 2;
            }
        }
    }

    /** libtorch tells by words only: "CUDA out of memory" on a GPU, "not enough memory" or "can't allocate memory" on a CPU. */
    private static boolean outOfMemory(EngineException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("out of memory")
                || message.contains("not enough memory")
                || message.contains("can't allocate memory");
    }
}
