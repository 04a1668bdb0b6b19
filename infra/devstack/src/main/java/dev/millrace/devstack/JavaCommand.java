package dev.millrace.devstack;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The start of a child JVM's command line: this JVM's own Java, small. */
final class JavaCommand {
    private static final int FIRST_THAT_ASKS_FOR_NATIVE_ACCESS = 22;

    private JavaCommand() {}

    static List<String> of(int heapMiB, boolean quickStart) {
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
    static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
