package dev.millrace.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A peer in a Python process of its own, which {@code peers.py} keeps loaded: one line asks for one run of a work, one line
 * answers with the figure.
 */
final class PythonPeer implements Contender {
    private final String who;
    private final String precision;
    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    /** What a peer's process is told. */
    record Setting(Path python, Path script, Path model, Path onnx, int threads, Path log) {

        /** Puts the script where Python can read it. */
        static Path script(Path folder) {
            Path script = folder.resolve("peers.py");
            try (InputStream in = PythonPeer.class.getResourceAsStream("peers.py")) {
                Files.createDirectories(folder);
                Files.write(script, in.readAllBytes());
                return script;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + script, e);
            }
        }
    }

    /** @throws AbsentException when Python cannot load the peer */
    PythonPeer(String who, String precision, Setting setting) {
        this.who = who;
        this.precision = precision;
        List<String> command = new ArrayList<>(
                List.of(setting.python().toString(), setting.script().toString()));
        command.addAll(List.of(
                who,
                precision,
                setting.model().toString(),
                setting.onnx().toString(),
                Integer.toString(setting.threads())));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(
                            ProcessBuilder.Redirect.appendTo(setting.log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new AbsentException(setting.python() + " cannot be run", e);
        }
        questions = process.outputWriter();
        answers = process.inputReader();
        String answer = answer();
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
        try {
            questions.write(new ObjectMapper().writeValueAsString(work));
            questions.newLine();
            questions.flush();
        } catch (IOException e) {
            throw new AbsentException(who + " ended", e);
        }
        String answer = answer();
        try {
            return Double.parseDouble(answer);
        } catch (NumberFormatException e) {
            throw new AbsentException(answer, e);
        }
    }

    private String answer() {
        try {
            String line = answers.readLine();
            return line == null ? "its process ended, see peers.log" : line;
        } catch (IOException e) {
            throw new AbsentException(who + " ended", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
