package dev.millrace.bench.python;

import dev.millrace.bench.command.AbsentException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A script in a Python process of its own, talked with line by line; what it says on standard error goes to a log. */
public final class PythonProcess implements AutoCloseable {
    private final Path log;
    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    /**
     * Starts the script.
     *
     * @param python an executable, or the folder of a virtual environment
     * @throws AbsentException when there is no such Python
     */
    public PythonProcess(Path python, Path script, List<String> arguments, Path log) {
        this.log = log;
        List<String> command = Stream.concat(
                        Stream.of(executable(python).toString(), script.toString()), arguments.stream())
                .toList();
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new AbsentException(python + " cannot be run", e);
        }
        questions = process.outputWriter();
        answers = process.inputReader();
    }

    private static Path executable(Path python) {
        return Files.isDirectory(python) ? python.resolve("bin").resolve("python") : python;
    }

    /** Puts one of our scripts where Python can read it. */
    public static Path script(String name, Path folder) {
        Path script = folder.resolve(name);
        try (InputStream in = PythonProcess.class.getResourceAsStream(name)) {
            Files.createDirectories(folder);
            Files.write(script, in.readAllBytes());
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + script, e);
        }
    }

    /**
     * Sends it a line.
     *
     * @throws AbsentException when it has ended
     */
    public void ask(String line) {
        try {
            questions.write(line);
            questions.newLine();
            questions.flush();
        } catch (IOException e) {
            throw ended(e);
        }
    }

    /** Its next line. */
    public String answer() {
        try {
            String line = answers.readLine();
            return line == null ? "its process ended, see " + log.getFileName() : line;
        } catch (IOException e) {
            throw ended(e);
        }
    }

    /** Its next line as a number; anything else is the reason why there is none. */
    public double figure() {
        String answer = answer();
        try {
            return Double.parseDouble(answer);
        } catch (NumberFormatException e) {
            throw new AbsentException(answer, e);
        }
    }

    private AbsentException ended(IOException cause) {
        return new AbsentException("its process ended, see " + log.getFileName(), cause);
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
