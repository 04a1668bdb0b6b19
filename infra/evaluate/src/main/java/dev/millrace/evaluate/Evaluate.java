package dev.millrace.evaluate;

import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.connection.Environment;
import dev.millrace.admin.connection.LiveClients;
import dev.millrace.admin.output.Causes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Main class of {@code ./millrace evaluate}: what goes wrong is one line, and the exit code tells how it went. */
public final class Evaluate {
    private static final int HELP_WIDTH = 125;

    private Evaluate() {}

    /** Runs the command line. */
    public static void main(String[] arguments) {
        Path target = Path.of(System.getProperty("millrace.home", ".")).resolve("target");
        Environment environment = new Environment(
                System.getenv(), target.resolve("up/endpoints.json"), new LiveClients(), Clock.systemUTC());
        System.exit(commandLine(environment, target.resolve("evaluate")).execute(arguments));
    }

    static CommandLine commandLine(Environment environment, Path output) {
        Map<String, String> variables = environment.variables();
        CommandLine line = new CommandLine(new EvaluateCommand(new ConnectionOptions(environment), output, variables));
        // Picocli's own help options come with a --version of theirs.
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("show this")
                        .build());
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((failure, arguments) -> {
            line.getErr().println("millrace: " + failure.getMessage() + " (see ./millrace evaluate --help)");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            line.getErr().println("millrace: " + Causes.line(failure));
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }
}
