package dev.millrace.admin.redrive;

import dev.millrace.admin.connection.Broker;
import dev.millrace.admin.stream.TopicReader;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Limits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.IsolationLevel;

/**
 * Puts records that were set aside back to their topic: as they were, where they are valid events now, or mended ones from a
 * file. What was put back once is not put back again. One at a time: two redrives beside each other do not see each other's.
 */
public final class Redrive {
    private final Broker broker;
    private final InstantSource clock;
    private final boolean dryRun;
    private final Consumer<Step> steps;

    /** Tells each step; a dry run puts nothing. */
    public Redrive(Broker broker, InstantSource clock, boolean dryRun, Consumer<Step> steps) {
        this.broker = broker;
        this.clock = clock;
        this.dryRun = dryRun;
        this.steps = steps;
    }

    /** Puts back what dead letters keep; a KafkaException says that not all was acknowledged. */
    public void letters(Selection selection) {
        Selected selected = select(selection);
        if (selected.origins.isEmpty()) {
            return;
        }
        String topic = selection.kind().topic(broker.topics());
        Set<String> before = RedriveProducer.before(broker, topic, Optional.of(selected.oldest));
        try (RedriveProducer producer = new RedriveProducer(broker, topic)) {
            Batch batch = new Batch(selection.kind(), before, selection.limit(), producer);
            read(letter -> {
                // One record may have several letters, of trainers that read it in turn.
                if (selected.origins.remove(origin(letter))) {
                    batch.letter(letter);
                }
            });
            producer.flush();
        }
    }

    /** Puts back what a file holds, a JSON object a line, in the form the topic's events have. */
    public void mended(EventKind kind, Path file, long limit) {
        String topic = kind.topic(broker.topics());
        Set<String> before = RedriveProducer.before(broker, topic, Optional.empty());
        // Byte for byte, whatever they are: whether they are UTF-8 is for the events to judge.
        try (RedriveProducer producer = new RedriveProducer(broker, topic);
                BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            Batch batch = new Batch(kind, before, limit, producer);
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    batch.line(number, line.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            producer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    /** Places of the records meant, and the time of their oldest letter; payloads can be many and large, so not these. */
    private static final class Selected {
        private final Set<String> origins = new HashSet<>();
        private Instant oldest = Instant.MAX;
    }

    private Selected select(Selection selection) {
        String topic = selection.kind().topic(broker.topics());
        Selected selected = new Selected();
        read(letter -> {
            if (selection.names(letter, topic)) {
                selected.origins.add(origin(letter));
                selected.oldest = letter.ts().isBefore(selected.oldest) ? letter.ts() : selected.oldest;
            }
        });
        return selected;
    }

    private void read(Consumer<DeadLetter> letters) {
        String topic = broker.topics().deadLetters().name();
        try (TopicReader reader = broker.reader(topic, IsolationLevel.READ_COMMITTED)) {
            reader.read(record -> {
                byte[] value = Optional.ofNullable(record.value()).orElseGet(() -> new byte[0]);
                if (EventJson.readDeadLetter(value) instanceof Decoded.Valid<DeadLetter> valid) {
                    letters.accept(valid.event());
                }
            });
        }
    }

    private static String origin(DeadLetter letter) {
        return letter.topic() + "-" + letter.partition() + "@" + letter.offset();
    }

    /** The records of one redrive. */
    private final class Batch {
        private final EventKind kind;
        private final Set<String> before;
        private final RedriveProducer producer;
        private long left;

        Batch(EventKind kind, Set<String> before, long limit, RedriveProducer producer) {
            this.kind = kind;
            this.before = before;
            this.left = limit;
            this.producer = producer;
        }

        void letter(DeadLetter letter) {
            byte[] value = letter.value();
            boolean cut = letter.whole().isPresent() || value.length >= Limits.VALUE_BYTES;
            Step.Outcome outcome = cut ? new Step.Outcome.Refused("", kept(letter)) : outcome(origin(letter), value);
            take(new Step(origin(letter), Optional.of(Selection.reason(letter)), value, outcome), origin(letter));
        }

        private static String kept(DeadLetter letter) {
            String all = letter.whole()
                    .map(whole -> " of %d, sha256 %s".formatted(whole.bytes(), whole.sha256()))
                    .orElse("");
            return "is kept only to its first " + letter.value().length + " bytes" + all + ": mend it in a file";
        }

        void line(int number, byte[] value) {
            String mark = "sha256:" + Digests.hex(value);
            take(new Step("line " + number, Optional.empty(), value, outcome(mark, value)), mark);
        }

        private Step.Outcome outcome(String mark, byte[] value) {
            if (before.contains(mark)) {
                return new Step.Outcome.Already();
            }
            Decoded<String> key = kind.key(value, clock.instant());
            if (key instanceof Decoded.Valid<String> valid) {
                return new Step.Outcome.Put(valid.event());
            }
            Decoded.Invalid<String> invalid = (Decoded.Invalid<String>) key;
            return new Step.Outcome.Refused(invalid.field(), invalid.reason());
        }

        private void take(Step step, String mark) {
            boolean already = step.outcome() instanceof Step.Outcome.Already;
            if (!already && left == 0) {
                return;
            }
            left -= already ? 0 : 1;
            if (!dryRun && step.outcome() instanceof Step.Outcome.Put put) {
                producer.put(mark, put.key(), step.value());
                before.add(mark);
            }
            steps.accept(step);
        }
    }
}
