package dev.millrace.embedding.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who made a processor and what it says it can do.
 *
 * @param vendor as Linux names it, such as GenuineIntel or AuthenticAMD; empty where it does not
 * @param flags as Linux names them, such as avx512_bf16; empty where it does not
 */
public record Processor(String vendor, Set<String> flags) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final String INTEL = "GenuineIntel";
    private static final String AMD = "AuthenticAMD";

    /** What oneDNN asks for before it lays out matrices of bf16: all of one of these. */
    private static final List<Set<String>> PACKING_BF16 =
            List.of(Set.of("avx_ne_convert"), Set.of("avx512bw", "avx512vl", "avx512dq"));

    /** Instructions that multiply 8-bit numbers and add up in 32 bits: any of these. */
    private static final Set<String> MULTIPLYING_BYTES = Set.of("avx512_vnni", "avx_vnni", "amx_int8");

    private static final class Here {
        private static final Processor PROCESSOR = Files.isReadable(CPUINFO) ? read() : new Processor("", Set.of());

        private static Processor read() {
            try {
                return of(Files.readAllLines(CPUINFO));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** This machine's. */
    public static Processor here() {
        return Here.PROCESSOR;
    }

    /** Out of the lines of {@code /proc/cpuinfo}: those of its first processor. */
    static Processor of(List<String> cpuinfo) {
        return new Processor(
                value(cpuinfo, "vendor_id"),
                Arrays.stream(value(cpuinfo, "flags").split(" "))
                        .filter(flag -> !flag.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static String value(List<String> cpuinfo, String key) {
        return cpuinfo.stream()
                .filter(line -> line.startsWith(key) && line.contains(":"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("");
    }

    /** What it does well. */
    Kind kind() {
        if (flags.contains("amx_bf16")) {
            return Kind.TILES;
        }
        return switch (vendor) {
            case INTEL -> Kind.INTEL;
            case AMD -> flags.contains("avx512_bf16") ? Kind.AMD_BF16 : Kind.AMD;
            default -> Kind.OTHER;
        };
    }

    /** Whether oneDNN lays out matrices of bf16 here: where not, they are multiplied as they are. */
    boolean packsBf16() {
        return PACKING_BF16.stream().anyMatch(flags::containsAll);
    }

    /** Whether it has instructions for products of 8-bit numbers; also where it does not say what it has. */
    public boolean multipliesBytes() {
        return flags.isEmpty() || flags.stream().anyMatch(MULTIPLYING_BYTES::contains);
    }

    /** Why training in this precision is no choice here, though it is possible; empty where it is one. */
    public Optional<String> handicap(Precision precision) {
        boolean emulated = precision == Precision.BF16 && !flags.isEmpty() && !packsBf16();
        return emulated
                ? Optional.of("this processor has no instructions for bf16: a training step would take minutes")
                : Optional.empty();
    }

    /** Processors that are computed on in one way. */
    enum Kind {
        /** Multiplies whole tiles of bf16 (Intel's AMX), several times as fast as fp32. */
        TILES,
        /** Intel without tiles: bf16 products take longer than fp32 ones, also where there are instructions for them. */
        INTEL,
        /** AMD with instructions for bf16 products, which take half the time of fp32 ones (Zen 4 on). */
        AMD_BF16,
        /** AMD without. */
        AMD,
        /** Anyone else's, or nobody says. */
        OTHER
    }
}
