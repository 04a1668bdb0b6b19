package dev.millrace.embedding.train;

import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.network.DropoutBytes;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.text.UnencodableTextException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/**
 * What a single text may be in training: attention grows with the square of its length, and a process that asks for more memory than
 * there is is killed, and would be again at the next try.
 *
 * @param tokens special ones included
 */
record LongestText(int tokens) {
    /** Scores, their softmax and what dropout leaves of it, in fp32. */
    private static final double BYTES = 12;

    /** On this machine, or container. A GPU that has not the memory says so and does not end the process. */
    static LongestText here(ModelConfig config, EncoderOptions options, TrainingOptions training) {
        if (options.onCpu()
                && ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean machine) {
            return of(config, training, machine.getTotalMemorySize());
        }
        return of(config, training, Long.MAX_VALUE);
    }

    /** Where there are so many bytes of memory. */
    static LongestText of(ModelConfig config, TrainingOptions training, long memory) {
        double kept = training.checkpointing() ? Math.min(1, config.layers()) : config.layers();
        double fits = Math.sqrt(memory / (BYTES * config.heads() * kept));
        return new LongestText((int) Math.min(fits, DropoutBytes.longestText(config)));
    }

    /**
     * Refuses a longer one before native code is asked for it.
     *
     * @throws UnencodableTextException naming the first
     */
    void require(List<Tokens> texts) {
        for (int i = 0; i < texts.size(); i++) {
            Optional<String> refusal = refusal(texts.get(i));
            if (refusal.isPresent()) {
                throw new UnencodableTextException(i, refusal.get());
            }
        }
    }

    /** Why it is too long, if so. */
    Optional<String> refusal(Tokens text) {
        return text.length() <= tokens
                ? Optional.empty()
                : Optional.of("its " + text.length() + " tokens are more than the " + tokens
                        + " that one text may have in training with this model, memory and checkpointing");
    }
}
