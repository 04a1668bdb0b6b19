package dev.millrace.embedding.optim.compact;

import java.nio.FloatBuffer;

/** An optimizer's moment in four bits an element and a scale for each block. */
interface MomentCode {
    /** Rounds the moment in place to what codes and scales say. */
    void encode(FloatBuffer moment, Nibbles codes, FloatBuffer scales, Dice dice);

    /** What they say. */
    void decode(Nibbles codes, FloatBuffer scales, FloatBuffer moment);
}
