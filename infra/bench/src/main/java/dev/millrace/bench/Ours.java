package dev.millrace.bench;

import dev.millrace.embedding.EncoderOptions;
import java.util.Locale;

/** Millrace in this process. */
interface Ours extends Contender {
    EncoderOptions options();

    @Override
    default String who() {
        return "millrace";
    }

    @Override
    default String precision() {
        return options().precision().name().toLowerCase(Locale.ROOT);
    }
}
