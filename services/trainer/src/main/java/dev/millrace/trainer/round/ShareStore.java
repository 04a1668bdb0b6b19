package dev.millrace.trainer.round;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.Stored;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.round.Contribution;
import dev.millrace.trainer.learning.round.Share;
import dev.millrace.trainer.learning.round.delta.Delta;
import dev.millrace.trainer.learning.round.delta.DeltaCodecs;
import dev.millrace.trainer.learning.round.delta.DeltaFile;
import dev.millrace.trainer.round.Brought.Content;
import dev.millrace.trainer.round.Brought.Source;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The shares of rounds in the bucket, under {@code rounds/}: a folder each with the delta, the window's pairs, and
 * {@code share.json}, which is written last and taken away first. What is learned is in versions alone; a share that is
 * lost, or cannot be read, is records that are read again.
 */
public final class ShareStore {
    private static final Logger LOG = Logger.getLogger(ShareStore.class);

    private static final String ROUNDS = "rounds/";
    private static final String SHARE = "/share.json";
    private static final String DELTA = "/delta.bin";
    private static final String PAIRS = "/pairs.jsonl";
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Bucket bucket;
    private final Path folder;
    private final LongSupplier nonces;
    private final Map<String, Optional<Brought>> known = new TreeMap<>();

    /**
     * In this bucket.
     *
     * @param folder for files on their way, which is the store's own
     * @param nonces set the names of shares apart
     */
    public ShareStore(Bucket bucket, Path folder, LongSupplier nonces) {
        this.bucket = bucket;
        this.folder = folder;
        this.nonces = nonces;
    }

    /** Puts a share where the others find it. */
    Brought bring(Contribution contribution, Source source) {
        Share share = contribution.share();
        String name = "%s.%s.%08x".formatted(share.base(), share.trainer(), (int) nonces.getAsLong());
        Path file = scratch(name);
        try {
            DeltaFile.write(contribution.delta(), file);
            FileEntry delta = put(name + DELTA, file);
            write(source.window(), file);
            FileEntry pairs = put(name + PAIRS, file);
            Content content = new Content(
                    share,
                    source.partitions(),
                    source.topic(),
                    contribution.delta().codec(),
                    delta,
                    pairs);
            bucket.put(ROUNDS + name + SHARE, JSON.writeValueAsBytes(content), Condition.IF_ABSENT);
            return new Brought(name, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileEntry put(String key, Path file) {
        FileEntry content = Digests.of(file);
        bucket.put(ROUNDS + key, file, content, Condition.ALWAYS);
        return content;
    }

    private static void write(List<Pair> pairs, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (Pair pair : pairs) {
                out.write(EventJson.write(pair));
                out.write('\n');
            }
        }
    }

    /** All that are there; one that says nothing sensible is left out, and told once. */
    List<Brought> all() {
        List<String> names = bucket.list(ROUNDS).stream()
                .map(Entry::key)
                .filter(key -> key.endsWith(SHARE))
                .map(key -> key.substring(ROUNDS.length(), key.length() - SHARE.length()))
                .toList();
        known.keySet().retainAll(names);
        return names.stream()
                .flatMap(name -> known.computeIfAbsent(name, this::read).stream())
                .toList();
    }

    private Optional<Brought> read(String name) {
        try {
            Optional<Stored> said = bucket.get(ROUNDS + name + SHARE);
            return said.isPresent()
                    ? Optional.of(new Brought(name, JSON.readValue(said.get().body(), Content.class)))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.warnf("the share %s is left out: %s", name, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * How it changes the weights.
     *
     * @throws AlteredShareException when it cannot be read
     */
    Delta delta(Brought brought) {
        Path file = fetched(brought, DELTA, brought.content().delta());
        try {
            return DeltaFile.read(file, DeltaCodecs.named(brought.content().codec()));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new AlteredShareException(brought.name(), e.getMessage());
        }
    }

    /**
     * What was read for it.
     *
     * @throws AlteredShareException when it cannot be read
     */
    List<Pair> window(Brought brought) {
        Path file = fetched(brought, PAIRS, brought.content().pairs());
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> pair(brought, line)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pair pair(Brought brought, String line) {
        if (EventJson.readPair(line.getBytes(StandardCharsets.UTF_8)) instanceof Decoded.Valid<Pair> valid) {
            return valid.event();
        }
        throw new AlteredShareException(brought.name(), "its window holds something else than pairs");
    }

    private Path fetched(Brought brought, String part, FileEntry expected) {
        Path file = scratch(brought.name() + part.replace('/', '-'));
        try (InputStream in = bucket.open(ROUNDS + brought.name() + part)
                        .orElseThrow(() -> new AlteredShareException(brought.name(), part + " is gone"));
                OutputStream out = Files.newOutputStream(file)) {
            FileEntry found = Digests.copy(in, out, expected.size());
            expected.differenceFrom(found).ifPresent(difference -> {
                throw new AlteredShareException(brought.name(), part + " " + difference);
            });
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path scratch(String name) {
        try {
            return Files.createDirectories(folder).resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes shares away: first what says that there is one. */
    void drop(Collection<String> names) {
        for (String name : names) {
            List.of(SHARE, DELTA, PAIRS).forEach(part -> bucket.delete(ROUNDS + name + part));
        }
    }

    /** Frees the disk of what was fetched; nothing of it may be used any more. */
    void forgetFetched() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
