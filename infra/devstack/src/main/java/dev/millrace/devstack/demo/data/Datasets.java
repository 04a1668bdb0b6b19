package dev.millrace.devstack.demo.data;

import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Real pairs to learn, and others to be measured by: WordNet's, or the user's own. */
public final class Datasets {
    private static final int HELD_OUT = 2000;
    private static final double HELD_OUT_SHARE = 0.2;
    private static final int WORDNET_PAIRS = 8_000;

    private Datasets() {}

    /**
     * Reads them.
     *
     * @param pairs one JSON object a line: anchor, positive, negatives?, group?; empty: WordNet
     * @param screen is told of every line that is left out
     * @throws StartFailedException when the file cannot be read, or holds too little to keep some of it back
     */
    public static Dataset read(Optional<Path> pairs, long seed, Screen screen) throws IOException {
        if (pairs.isEmpty()) {
            return new WordNetSource(HELD_OUT, WORDNET_PAIRS, seed).read();
        }
        if (!Files.isReadable(pairs.get())) {
            throw new StartFailedException(pairs.get() + " cannot be read");
        }
        HeldOutSplit split = new HeldOutSplit(HELD_OUT_SHARE, HELD_OUT, seed);
        Dataset data = new JsonLinesSource(pairs.get(), split, line -> screen.line("! " + line)).read();
        if (data.heldOut().isEmpty() || data.chapters().isEmpty()) {
            throw new StartFailedException(pairs.get() + " holds too few queries to keep some of them back");
        }
        return data;
    }
}
