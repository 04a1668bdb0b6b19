package dev.millrace.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.bench.command.AbsentException;
import dev.millrace.bench.command.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a shell instead of Python: what is tested is the talk with another process. */
class PythonPeerTest {
    private static final Work WORK = new Work("encode", Work.Kind.ENCODE, List.of("a", "b"));

    @TempDir
    Path folder;

    @Test
    void aPeerAnswersEachWorkWithItsFigure() throws IOException {
        // Given
        try (PythonPeer peer = peer("echo ready; while read -r line; do echo 12.5; done")) {

            // When
            double figure = peer.measure(WORK);

            // Then
            assertThat(figure).isEqualTo(12.5);
            assertThat(peer.measure(WORK)).isEqualTo(12.5);
        }
    }

    @Test
    void aPeerThatCannotBeLoadedIsAbsentWithItsReason() {
        assertThatThrownBy(() -> peer("echo \"ModuleNotFoundError('torch')\""))
                .isInstanceOf(AbsentException.class)
                .hasMessageContaining("ModuleNotFoundError('torch')");
    }

    @Test
    void aPeerThatEndsIsAbsentAndNothingHangs() {
        assertThatThrownBy(() -> peer("exit 3"))
                .isInstanceOf(AbsentException.class)
                .hasMessageContaining("ended");
    }

    @Test
    void aMissingPythonIsAbsent() {
        PythonPeer.Setting setting = new PythonPeer.Setting(
                folder.resolve("no-python"), folder, folder, folder, 1, folder.resolve("peers.log"));

        assertThatThrownBy(() -> new PythonPeer("torch", "fp32", setting))
                .isInstanceOf(AbsentException.class)
                .hasMessageContaining("no-python");
    }

    private PythonPeer peer(String shell) throws IOException {
        Path script = folder.resolve("peer.sh");
        Files.writeString(script, shell + "\n");
        return new PythonPeer(
                "torch",
                "fp32",
                new PythonPeer.Setting(Path.of("/bin/sh"), script, folder, folder, 1, folder.resolve("peers.log")));
    }
}
