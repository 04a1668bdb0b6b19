package dev.millrace.bench.speed;

import dev.millrace.bench.command.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code ./millrace bench train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Milliseconds of one training step, in turns with the peers.")
public final class TrainCommand extends SideBySide {
    @Override
    List<Work> works(Optional<Path> own) {
        return Works.training(own);
    }

    @Override
    void gather(Contenders contenders, Optional<PythonPeer.Setting> setting) {
        contenders.training(folder(), threads(), setting);
    }
}
