package dev.millrace.trainer.loop;

import java.time.Duration;
import java.util.Optional;

/**
 * When the trainer learns again what it remembers: while nothing waits in the stream, so many passes after each window,
 * and none any more once a pass gained nothing, or failed.
 */
public final class Consolidation {
    private final int passes;
    private final Duration quiet;
    private int left;
    private int afterThis;

    /**
     * So many passes after each window.
     *
     * @param quiet for how long nothing must have come before each
     */
    public Consolidation(int passes, Duration quiet) {
        this.passes = passes;
        this.quiet = quiet;
    }

    /** For how long nothing must come until the next pass; empty: there is none. */
    Optional<Duration> quiet() {
        return left > 0 ? Optional.of(quiet) : Optional.empty();
    }

    void learnedWindow() {
        left = passes;
    }

    /** A pass begins; there is no other unless it {@linkplain #gained gains} something, so none after one that fails. */
    void begin() {
        afterThis = left - 1;
        left = 0;
    }

    void gained() {
        left = afterThis;
    }
}
