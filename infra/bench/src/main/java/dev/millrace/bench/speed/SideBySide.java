package dev.millrace.bench.speed;

import dev.millrace.bench.command.BenchCommand;
import dev.millrace.bench.command.Measurement;
import dev.millrace.bench.command.Results;
import dev.millrace.bench.command.Work;
import dev.millrace.bench.python.PythonProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Measures works in turns with the peers found on this machine. */
abstract class SideBySide extends BenchCommand {
    @Option(
            names = "--texts",
            paramLabel = "FILE",
            description =
                    "your own texts, one a line; for training the first 64 pair with the next 64 (default: generated)")
    private Optional<Path> texts = Optional.empty();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "7",
            description = "counted runs of each work (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--python",
            paramLabel = "PATH",
            description =
                    "a Python with sentence-transformers, torch and onnxruntime, as far as they are to be measured")
    private Optional<Path> python = Optional.empty();

    /** What is measured, of the user's own texts where there are any. */
    abstract List<Work> works(Optional<Path> own);

    abstract void gather(Contenders contenders, Optional<PythonPeer.Setting> setting);

    @Override
    public final int measure() {
        check("--runs", runs, 1, 1000);
        List<Work> works = works(texts);
        try (Contenders contenders = new Contenders(SCREEN::line)) {
            gather(contenders, setting());
            SCREEN.line(threads() + " threads, medians of " + runs + " runs in turns");
            Match match = new Match(contenders.present(), runs, SCREEN::line);
            List<Measurement> measured = new ArrayList<>();
            for (Work work : works) {
                List<Measurement> rows = match.play(work);
                measured.addAll(rows);
                Results.write(json(), measured);
                SCREEN.line(Results.head());
                Results.table(rows).forEach(SCREEN::line);
            }
        }
        SCREEN.line("written: " + json());
        return 0;
    }

    private Optional<PythonPeer.Setting> setting() {
        return python.map(path -> new PythonPeer.Setting(
                path,
                PythonProcess.script("peers.py", output()),
                folder(),
                onnx(),
                threads(),
                output().resolve("peers.log")));
    }
}
