package dev.millrace.bench.speed;

import dev.millrace.bench.command.Contender;
import dev.millrace.embedding.network.EncoderOptions;
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
