package dev.millrace.admin;

import dev.millrace.admin.audit.AuditCommand;
import dev.millrace.admin.channel.HoldCommand;
import dev.millrace.admin.channel.PinCommand;
import dev.millrace.admin.channel.PromoteCommand;
import dev.millrace.admin.channel.ReleaseCommand;
import dev.millrace.admin.channel.RollbackCommand;
import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.connection.Environment;
import dev.millrace.admin.connection.LiveClients;
import dev.millrace.admin.init.InitCommand;
import dev.millrace.admin.output.Causes;
import dev.millrace.admin.redrive.RedriveCommand;
import dev.millrace.admin.reindex.ReindexCommand;
import dev.millrace.admin.rewind.RewindCommand;
import dev.millrace.admin.topic.AdoptTopicCommand;
import dev.millrace.admin.versions.VersionsCommand;
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
        Environment environment = new Environment(
                System.getenv(), home.resolve("target/up/endpoints.json"), new LiveClients(), Clock.systemUTC());
        System.exit(commandLine(environment).execute(arguments));
    }

    static CommandLine commandLine(Environment environment) {
        CommandLine line = new CommandLine(new Admin())
                .addSubcommand(new InitCommand(new ConnectionOptions(environment)))
                .addSubcommand(new VersionsCommand(new ConnectionOptions(environment)))
                .addSubcommand(new AuditCommand(new ConnectionOptions(environment)))
                .addSubcommand(new PromoteCommand(new ConnectionOptions(environment)))
                .addSubcommand(new RollbackCommand(new ConnectionOptions(environment)))
                .addSubcommand(new HoldCommand(new ConnectionOptions(environment)))
                .addSubcommand(new PinCommand(new ConnectionOptions(environment)))
                .addSubcommand(new ReleaseCommand(new ConnectionOptions(environment)))
                .addSubcommand(new RewindCommand(new ConnectionOptions(environment)))
                .addSubcommand(new AdoptTopicCommand(new ConnectionOptions(environment)))
                .addSubcommand(new RedriveCommand(new ConnectionOptions(environment)))
                .addSubcommand(new ReindexCommand(new ConnectionOptions(environment)));
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
