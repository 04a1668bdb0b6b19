package dev.millrace.trainer.learning.round.delta;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a trainer changed the weights of its base, tensor by tensor, as a codec has it. */
public final class Delta {
    private final DeltaCodec codec;
    private final SortedMap<String, Change> changes;

    Delta(DeltaCodec codec, SortedMap<String, Change> changes) {
        this.codec = codec;
        this.changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    /** Key of the codec that it is written by. */
    public String codec() {
        return codec.key();
    }

    SortedMap<String, Change> changes() {
        return changes;
    }

    /** Names of the tensors. */
    public Set<String> names() {
        return changes.keySet();
    }

    /** What is to be added to a tensor of so many numbers, whatever was added by others in the meantime. */
    public float[] of(String name, int count) {
        return codec.decode(change(name).coded(), count);
    }

    /**
     * Where a tensor came to from the very base that the trainer began with: with a codec that keeps all, bit by bit what the
     * trainer has.
     */
    public float[] applied(String name, float[] base) {
        return change(name).applied(of(name, base.length), base);
    }

    private Change change(String name) {
        return Optional.ofNullable(changes.get(name))
                .orElseThrow(() -> new IllegalArgumentException("there is no change of " + name));
    }

    /** What it takes in the bucket. */
    public long bytes() {
        return changes.values().stream().mapToLong(Change::bytes).sum();
    }
}
