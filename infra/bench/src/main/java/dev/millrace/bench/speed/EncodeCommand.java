package dev.millrace.bench.speed;

import dev.millrace.bench.command.Work;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./millrace bench encode}. */
@Command(
        name = "encode",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Texts a second, and milliseconds of a single text, in turns with the peers.")
public final class EncodeCommand extends SideBySide {
    @Option(
            names = "--tei",
            paramLabel = "URL",
            description = "a running text-embeddings-inference with the same model")
    private Optional<URI> tei = Optional.empty();

    @Override
    List<Work> works(Optional<Path> own) {
        return Works.encoding(own);
    }

    @Override
    void gather(Contenders contenders, Optional<PythonPeer.Setting> setting) {
        contenders.encoding(folder(), threads(), setting, tei);
    }
}
