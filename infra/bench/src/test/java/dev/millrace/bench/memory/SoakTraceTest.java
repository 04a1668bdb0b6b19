package dev.millrace.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SoakTraceTest {
    private static final int STEPS = 2000;

    @Test
    void aLeakOfEveryStepFails() {
        // When
        SoakTrace.Result result = soak(step -> 700 + 0.05 * step, step -> 256);

        // Then
        assertThat(result.growth()).isCloseTo(60, within(1.0));
        assertThat(result.bound()).isCloseTo(0.03 * result.first() + 32, within(1e-9));
        assertThat(result.passed()).isFalse();
    }

    @Test
    void warmUpDoesNotCount() {
        // When
        SoakTrace.Result result = soak(step -> step < 600 ? 400 + 0.5 * step : 700, step -> 256);

        // Then
        assertThat(result.growth()).isZero();
        assertThat(result.passed()).isTrue();
    }

    @Test
    void javasHeapIsToldApart() {
        // When
        SoakTrace.Result result = soak(step -> 700, step -> 100 + 0.1 * step);

        // Then
        assertThat(result.growth()).isCloseTo(0, within(1e-9));
        assertThat(result.heapGrowth()).isCloseTo(120, within(1.0));
        assertThat(result.passed()).isTrue();
    }

    @Test
    void memoryIsToldTwentyTimesWhateverTheUnit() {
        // Given
        List<String> told = new ArrayList<>();
        SoakTrace trace = new SoakTrace("encoding", 1000, () -> new ProcessMemory(900, 950, 256, 44), told::add);

        // When
        while (trace.open()) {
            trace.done(37);
        }

        // Then
        assertThat(told).hasSize(20);
        assertThat(told.get(19)).contains("100 %", "1000 of 1000", "native 600.0");
        assertThat(trace.result().samples()).hasSize(200);
    }

    private static SoakTrace.Result soak(DoubleUnaryOperator nativeMiB, DoubleUnaryOperator heapMiB) {
        AtomicInteger step = new AtomicInteger();
        SoakTrace trace = new SoakTrace(
                "training",
                STEPS,
                () -> {
                    double heap = heapMiB.applyAsDouble(step.get());
                    double resident = heap + 50 + nativeMiB.applyAsDouble(step.get());
                    return new ProcessMemory(resident, resident, heap, 50);
                },
                line -> {});
        while (trace.open()) {
            step.incrementAndGet();
            trace.done(1);
        }
        return trace.result();
    }
}
