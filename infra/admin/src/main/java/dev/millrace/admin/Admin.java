package dev.millrace.admin;

import dev.millrace.admin.place.LiveClients;
import dev.millrace.admin.place.Surroundings;
import dev.millrace.admin.place.Where;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./millrace versions}, {@code audit} and the other commands of an operator. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "What an operator asks and does, on any bucket and broker. COMMAND --help teaches.")
public final class Admin implements Runnable {
    private static final int HELP_WIDTH = 125;

    @Spec
    private CommandSpec spec;

    /** Runs the command line: exit code 0 when all is well, 1 when something is wrong or failed, 2 for wrong usage. */
    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty("millrace.home", "."));
        Surroundings surroundings = new Surroundings(
                System.getenv(), home.resolve("target/up/endpoints.json"), new LiveClients(), Clock.systemUTC());
        System.exit(commandLine(surroundings).execute(arguments));
    }

    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine line = new CommandLine(new Admin())
                .addSubcommand(new VersionsCommand(new Where(surroundings)))
                .addSubcommand(new AuditCommand(new Where(surroundings)))
                .addSubcommand(new PromoteCommand(new Where(surroundings)))
                .addSubcommand(new RollbackCommand(new Where(surroundings)))
                .addSubcommand(new HoldCommand(new Where(surroundings)))
                .addSubcommand(new PinCommand(new Where(surroundings)))
                .addSubcommand(new ReleaseCommand(new Where(surroundings)))
                .addSubcommand(new RewindCommand(new Where(surroundings)))
                .addSubcommand(new RedriveCommand(new Where(surroundings)));
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((failure, arguments) -> {
            CommandLine command = failure.getCommandLine();
            command.getErr()
                    .println("millrace: " + failure.getMessage() + " (see ./"
                            + command.getCommandSpec().qualifiedName() + " --help)");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("millrace: " + Causes.line(failure));
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what: " + String.join(", ", spec.subcommands().keySet()));
    }
}
