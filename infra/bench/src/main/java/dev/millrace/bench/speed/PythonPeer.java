package dev.millrace.bench.speed;

import dev.millrace.bench.command.AbsentException;
import dev.millrace.bench.command.Contender;
import dev.millrace.bench.command.Results;
import dev.millrace.bench.command.Work;
import dev.millrace.bench.python.PythonProcess;
import java.nio.file.Path;
import java.util.List;

/**
 * A peer in a Python process of its own, which {@code peers.py} keeps loaded: one line asks for one run of a work, one line
 * answers with the figure.
 */
final class PythonPeer implements Contender {
    private final String who;
    private final String precision;
    private final PythonProcess process;

    /** What a peer's process is told. */
    record Setting(Path python, Path script, Path model, Path onnx, int threads, Path log) {}

    /** @throws AbsentException when Python cannot load the peer */
    PythonPeer(String who, String precision, Setting setting) {
        this.who = who;
        this.precision = precision;
        List<String> arguments = List.of(
                who,
                precision,
                setting.model().toString(),
                setting.onnx().toString(),
                Integer.toString(setting.threads()));
        process = new PythonProcess(setting.python(), setting.script(), arguments, setting.log());
        String answer = process.answer();
        if (!answer.equals("ready")) {
            close();
            throw new AbsentException(answer);
        }
    }

    @Override
    public String who() {
        return who;
    }

    @Override
    public String precision() {
        return precision;
    }

    @Override
    public double measure(Work work) {
        process.ask(Results.json(work));
        return process.figure();
    }

    @Override
    public void close() {
        process.close();
    }
}
