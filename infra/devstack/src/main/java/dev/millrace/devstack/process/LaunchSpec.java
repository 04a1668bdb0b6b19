package dev.millrace.devstack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How one process is started, every time in the same way.
 *
 * @param folder its working directory
 * @param log the file that its output is appended to
 */
public record LaunchSpec(String name, List<String> command, Map<String, String> environment, Path folder, Path log) {
    public LaunchSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return "LaunchSpec[" + name + "]";
    }
}
