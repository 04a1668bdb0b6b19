package dev.millrace.bench.scale.constant;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.bucket.FileEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** How fast a file goes to a bucket and from it, and several at once; hashed as the product does. */
public final class BucketMeasures {
    private static final double NANOS = 1e9;
    private static final double MILLION = 1e6;

    private final Bucket bucket;
    private final Path file;
    private final FileEntry content;

    public BucketMeasures(Bucket bucket, Path file) {
        this.bucket = bucket;
        this.file = file;
        this.content = Digests.of(file);
    }

    public List<Measured> of(List<Integer> atOnce) {
        put(0);
        fetch(0);
        List<Measured> measured = new ArrayList<>();
        for (int count : atOnce) {
            measured.add(new Measured("up, MB/s of all " + count + " at once", speed(count, this::put)));
            measured.add(new Measured("down, MB/s of all " + count + " at once", speed(count, this::fetch)));
        }
        return measured;
    }

    /** The better of two, since other programs only slow it down. */
    private double speed(int count, IntConsumer transfer) {
        return Math.max(once(count, transfer), once(count, transfer));
    }

    private double once(int count, IntConsumer transfer) {
        long began = System.nanoTime();
        IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> transfer.accept(i), task -> new Thread(task, "transfer").start()))
                .toList()
                .forEach(CompletableFuture::join);
        return count * content.size() / MILLION / ((System.nanoTime() - began) / NANOS);
    }

    private void put(int place) {
        bucket.put(key(place), file, Digests.of(file), Condition.ALWAYS);
    }

    private void fetch(int place) {
        try (InputStream in = bucket.open(key(place)).orElseThrow()) {
            Digests.copy(in, OutputStream.nullOutputStream(), content.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(int place) {
        return "measured/" + place;
    }
}
