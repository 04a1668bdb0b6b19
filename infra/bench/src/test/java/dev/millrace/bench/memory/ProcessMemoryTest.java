package dev.millrace.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
    private static final int MIB = 1 << 20;

    @Test
    void nativeMemoryThatIsTouchedIsSeen() {
        // Given
        ProcessMemory before = ProcessMemory.now();

        // When
        ByteBuffer block = touched(200 * MIB);

        // Then
        ProcessMemory after = ProcessMemory.now();
        assertThat(after.resident() - before.resident()).isBetween(150.0, 400.0);
        assertThat(after.peak()).isGreaterThanOrEqualTo(after.resident() - 1);
        assertThat(block.capacity()).isEqualTo(200 * MIB);
    }

    private static ByteBuffer touched(int bytes) {
        ByteBuffer block = ByteBuffer.allocateDirect(bytes);
        for (int i = 0; i < bytes; i += 4096) {
            block.put(i, (byte) 1);
        }
        return block;
    }
}
