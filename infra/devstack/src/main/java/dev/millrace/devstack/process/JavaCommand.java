package dev.millrace.devstack.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The start of a child JVM's command line: this JVM's own Java, small. */
public final class JavaCommand {
    /**
     * Of a process that runs a model. Otherwise libtorch's threads spin long while they wait, and starve everything else on a small
     * machine; every thread that ever ran a model keeps memory of its own; and a kernel is kept for every number of rows, a
     * thousand of them.
     */
    public static final Map<String, String> NATIVE_ENVIRONMENT = Map.of(
            "GOMP_SPINCOUNT", "5000",
            "MALLOC_ARENA_MAX", "2",
            "LRU_CACHE_CAPACITY", "64",
            "ONEDNN_PRIMITIVE_CACHE_CAPACITY", "64");

    /**
     * Of a process that encodes: its kernels are written in the Vector API, which still incubates, and whose calls the compiler
     * must see through to the last; at its usual 15 levels it sometimes did not, and vectors were objects.
     */
    public static final List<String> VECTOR_API =
            List.of("--add-modules=jdk.incubator.vector", "-XX:MaxInlineLevel=40");

    private static final int FIRST_THAT_ASKS_FOR_NATIVE_ACCESS = 22;

    private JavaCommand() {}

    /** Everything but class path and main class. */
    public static List<String> of(int heapMiB, boolean quickStart) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMiB + "m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        if (quickStart) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        if (Runtime.version().feature() >= FIRST_THAT_ASKS_FOR_NATIVE_ACCESS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        return command;
    }

    /** Our own class path, for a child that works in another folder. */
    public static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
