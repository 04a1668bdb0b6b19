package dev.millrace.trainer.learning.round.delta;

import java.nio.ByteBuffer;

/** How a change of weights is written in fewer bytes. */
public interface DeltaCodec {
    /** Its name in a contribution. */
    String key();

    /** The numbers, or what is kept of them. */
    ByteBuffer encode(float[] delta);

    /** What was kept of so many numbers; {@code coded} stays as it is. */
    float[] decode(ByteBuffer coded, int count);

    /** Whether all is kept. */
    default boolean isExact() {
        return false;
    }
}
