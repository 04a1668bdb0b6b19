package dev.millrace.devstack.options;

import picocli.CommandLine;

/** The main method of every command: what goes wrong is one line on standard error, and the exit code tells how it went. */
public final class Program {
    private Program() {}

    /**
     * Runs the command and ends this JVM.
     *
     * @param command annotated for picocli
     * @param sign what the line begins with when it goes wrong
     */
    public static void run(Object command, String sign, String... arguments) {
        CommandLine line = new CommandLine(command);
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            failed.getErr().println(sign + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(line.execute(arguments));
    }
}
