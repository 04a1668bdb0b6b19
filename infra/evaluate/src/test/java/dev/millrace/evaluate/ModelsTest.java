package dev.millrace.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.admin.connection.Clients;
import dev.millrace.admin.connection.Environment;
import dev.millrace.admin.stream.TopicDirectory;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.s3.S3Settings;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.devstack.RandomModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Models that are loaded: a folder, and the same out of a bucket. */
class ModelsTest {
    private static final String BASE = "v000000-00000000";

    @TempDir
    Path folder;

    private final Bucket bucket = new InMemoryBucket(Clock.systemUTC());
    private final CheckpointStore store = new CheckpointStore(bucket, Clock.systemUTC());
    private final StringWriter err = new StringWriter();

    @Test
    void aVersionIsWhatItsFolderIs() throws IOException {
        // Given
        Path model = RandomModel.folder();
        publish(model);
        Path pairs = Files.writeString(folder.resolve("pairs.jsonl"), """
            {"anchor": "a wheel that water turns", "positive": "water wheel"}
            {"anchor": "where corn is ground", "positive": "corn mill"}
            {"anchor": "water that turns a wheel", "positive": "mill race"}
            """);

        // When
        int code = run(pairs.toString(), "--version", "head", "--model", model.toString(), "--version", BASE);

        // Then
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
        assertThat(report.findValuesAsText("model")).containsExactly(BASE, model.toString(), BASE);
        assertThat(report.findValuesAsText("ndcg@10").stream().distinct()).hasSize(1);
    }

    @Test
    void aNameThatNothingHasIsRefusedInOneLine() throws IOException {
        // Given
        Path texts = Files.writeString(folder.resolve("texts.txt"), "one\ntwo\n");

        // When
        int code = run(texts.toString(), "--version", "stable");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("millrace: stable is neither a version's name nor a channel's, nor head\n");
    }

    private void publish(Path model) {
        store.publish(
                new Draft(
                        BASE,
                        Optional.empty(),
                        "space",
                        Optional.empty(),
                        new TreeMap<>(),
                        new Records(0, 0, 0, 0),
                        new TreeMap<>(),
                        Optional.empty(),
                        new TreeMap<>()),
                model);
        store.moveHead(Optional.empty(), BASE);
    }

    private int run(String... arguments) {
        Map<String, String> variables = Map.of(
                "MILLRACE_S3_ENDPOINT", "http://127.0.0.1:9000",
                "MILLRACE_S3_ACCESS_KEY", "key",
                "MILLRACE_S3_SECRET_KEY", "secret");
        CommandLine line = Evaluate.commandLine(
                new Environment(variables, folder.resolve("none.json"), new BucketOnly(), Clock.systemUTC()),
                folder.resolve("out"));
        line.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private final class BucketOnly implements Clients {
        @Override
        public Bucket bucket(S3Settings settings) {
            return bucket;
        }

        @Override
        public Bucket bucketMadeIfAbsent(S3Settings settings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Consumer<byte[], byte[]> consumer(Map<String, String> properties, IsolationLevel isolation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TopicDirectory topics(Map<String, String> properties) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Producer<byte[], byte[]> producer(Map<String, String> properties) {
            throw new UnsupportedOperationException();
        }
    }
}
