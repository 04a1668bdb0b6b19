package dev.millrace.admin.reindex;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Streams a corpus through one version into an index's form. Broken off, it goes on behind the last batch that is on disk whole, with
 * the same version.
 */
final class Reindex {
    private final Path output;
    private final PinnedEncoder encoder;
    private final AnchorSample sample;
    private Written written;

    /** Goes on from what is written, which is of the encoder's version. */
    Reindex(Path output, Written written, PinnedEncoder encoder, AnchorSample sample) {
        this.output = output;
        this.written = written;
        this.encoder = encoder;
        this.sample = sample;
    }

    /** Where to go on: what was written of the same version in the same form, else nothing. */
    static Written begin(Path output, String version, VectorForm form) {
        Optional<Written> before = Written.read(output);
        if (before.isPresent()
                && (!before.get().version().equals(version) || before.get().form() != form)) {
            throw new IllegalStateException(
                    output + " holds vectors of " + before.get().version() + " in the form "
                            + before.get().form() + ": go on with these, or write to another file");
        }
        return before.orElseGet(() -> new Written(version, form, 0, 0));
    }

    /** Returns what is written in the end. */
    Written run(Corpus corpus, LongConsumer progress) throws InterruptedException {
        try (FileChannel file = FileChannel.open(output, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file.position(written.bytes())))) {
            file.truncate(written.bytes());
            skip(corpus);
            for (List<Document> batch = batch(corpus); !batch.isEmpty(); batch = batch(corpus)) {
                write(batch, out);
                file.force(false);
                written =
                        new Written(written.version(), written.form(), written.texts() + batch.size(), file.position());
                written.write(output);
                progress.accept(written.texts());
            }
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + output + ": " + e, e);
        }
    }

    private void skip(Corpus corpus) {
        for (long text = 0; text < written.texts(); text++) {
            sample.see(corpus.next()
                    .orElseThrow(() -> new IllegalStateException(
                            "the corpus has fewer texts than " + written.texts() + ", which are written already"))
                    .text());
        }
    }

    private List<Document> batch(Corpus corpus) {
        List<Document> batch = new ArrayList<>();
        for (Optional<Document> next = corpus.next(); next.isPresent(); next = corpus.next()) {
            sample.see(next.get().text());
            batch.add(next.get());
            if (batch.size() == encoder.batch()) {
                break;
            }
        }
        return batch;
    }

    private void write(List<Document> batch, OutputStream out) throws IOException, InterruptedException {
        List<float[]> vectors =
                encoder.vectors(batch.stream().map(Document::text).toList());
        for (int i = 0; i < batch.size(); i++) {
            out.write(written.form().lines(batch.get(i), vectors.get(i)).getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }
}
