package dev.millrace.embedding.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    @TempDir
    Path folder;

    /** Lines of /proc/cpuinfo. */
    private static Processor processor(String name) {
        return Processor.of(
                switch (name) {
                    case "Xeon with AMX" ->
                        x86("GenuineIntel", "avx512f avx512bw avx512vl avx512dq avx512_bf16 amx_bf16 amx_int8");
                    case "Xeon without AMX" -> x86("GenuineIntel", "avx512f avx512_bf16 avx512_vnni");
                    case "Core" -> x86("GenuineIntel", "avx2 fma");
                    case "Zen 4" -> x86("AuthenticAMD", "avx512f avx512_bf16 avx512_vnni");
                    case "Zen 2" -> x86("AuthenticAMD", "avx2 fma");
                    case "Graviton" ->
                        List.of("processor\t: 0", "Features\t: fp asimd bf16 i8mm", "CPU implementer\t: 0x41");
                    default -> List.of();
                });
    }

    private static List<String> x86(String vendor, String flags) {
        return List.of(
                "processor\t: 0",
                "vendor_id\t: " + vendor,
                "vmx flags\t: vnmi",
                "flags\t\t: fpu " + flags,
                "processor\t: 1",
                "vendor_id\t: " + vendor,
                "flags\t\t: fpu " + flags);
    }

    @ParameterizedTest
    @CsvSource({
        "Xeon with AMX,    bf16 libtorch linear,     bf16 libtorch linear",
        "Xeon without AMX, fp32 kernels linear,      bf16 kernels linear",
        "Core,             fp32 kernels linear,      bf16 kernels linear",
        "Zen 4,            bf16 libtorch linear,     bf16 libtorch linear",
        "Zen 2,            fp32 kernels linear,      bf16 kernels linear",
        "Graviton,         fp32 kernels linear,      bf16 kernels linear",
        "nobody says,      fp32 kernels linear,      bf16 kernels linear"
    })
    void isChosenByWhatTheProcessorDoesWell(String processor, String training, String encoding) {
        // When
        Route train = Route.forTraining(processor(processor), "cpu");
        Route encode = Route.forEncoding(processor(processor), "cpu", true);

        // Then
        assertThat(train).hasToString(training);
        assertThat(encode).hasToString(encoding);
        assertThat(Route.forEncoding(processor(processor), "cpu", false)).isEqualTo(train);
    }

    @ParameterizedTest
    @CsvSource({
        "Xeon with AMX, FP32, fp32 kernels linear",
        "Zen 4, FP32, fp32 kernels convolution",
        "Zen 4, INT8, int8 kernels linear",
        "Xeon without AMX, BF16, bf16 kernels linear"
    })
    void isChosenWithinAPrecision(String processor, Precision precision, String route) {
        assertThat(Route.of(processor(processor), "cpu", precision)).hasToString(route);
    }

    @ParameterizedTest
    @CsvSource({
        "Xeon with AMX, true, false",
        "Core, false, true",
        "Zen 2, false, true",
        "Graviton, true, false",
        "nobody says, true, false"
    })
    void saysWhatAProcessorWouldOnlyEmulate(String processor, boolean bytes, boolean bf16Handicapped) {
        // When
        Processor asked = processor(processor);

        // Then
        assertThat(asked.multipliesBytes()).isEqualTo(bytes);
        assertThat(asked.handicap(Precision.BF16).isPresent()).isEqualTo(bf16Handicapped);
        assertThat(asked.handicap(Precision.FP32)).isEmpty();
    }

    @Test
    void aGpuComputesInBf16WhateverTheProcessor() {
        assertThat(Route.forTraining(processor("Zen 2"), "cuda:0,cuda:1")).hasToString("bf16 libtorch linear");
    }

    @Test
    void whatIsRecordedIsFound() {
        // Given
        Route route = Route.of(processor("Zen 2"), "cpu", Precision.FP32);

        // When
        route.record(folder.resolve("training-state"));

        // Then
        assertThat(Route.recorded(folder.resolve("training-state"))).contains(route);
        assertThat(Route.recorded(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bf16", "bf16 libtorch", "fp8 libtorch linear", "bf16 libtorch linear more"})
    void whatIsNoRouteIsRefused(String text) {
        assertThatThrownBy(() -> Route.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
