package dev.millrace.trainer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a learner left behind. */
public final class SavedFolder {
    private SavedFolder() {}

    /** Every file of a saved model is byte for byte that of the other. */
    public static void assertSame(Path expected, Path actual) throws IOException {
        try (Stream<Path> files = Files.walk(expected)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = expected.relativize(file);
                assertThat(Files.mismatch(file, actual.resolve(name)))
                        .as("first byte of %s that differs", name)
                        .isEqualTo(-1);
            }
        }
        assertThat(expected.resolve("model.safetensors")).exists();
    }
}
