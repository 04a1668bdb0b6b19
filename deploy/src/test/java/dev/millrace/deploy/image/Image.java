package dev.millrace.deploy.image;

import java.util.List;
import java.util.Map;

/**
 * What a build makes: what is run, and as whom, and what each COPY has added.
 *
 * @param settings the last of each of ENTRYPOINT, HEALTHCHECK, USER and WORKDIR, as written
 */
record Image(Map<String, String> environment, Map<String, Instruction> settings, List<FileTree> layers) {
    Image {
        environment = Map.copyOf(environment);
        settings = Map.copyOf(settings);
        layers = List.copyOf(layers);
    }

    List<String> entrypoint() {
        return settings.get("ENTRYPOINT").command();
    }

    /** The command by which Docker asks for its health. */
    List<String> health() {
        return Instruction.of(settings.get("HEALTHCHECK").text()).command();
    }

    String user() {
        return settings.get("USER").text();
    }

    String folder() {
        return settings.get("WORKDIR").text();
    }

    FileTree files() {
        return layers.stream().reduce(FileTree.empty(), FileTree::with);
    }
}
