package dev.millrace.admin.channel;

import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./millrace pin}. */
@Command(
        name = "pin",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Moves a channel to a version and holds it there: training goes on, but nothing newer is promoted until",
            "./millrace release. Retention keeps the files of a version that a channel points to."
        },
        footer = {"", "Example:", "  ./millrace pin v000012-3fa91c07 --reason \"the index was built with it\""})
public final class PinCommand extends ChannelCommand {
    @Parameters(paramLabel = "VERSION", description = "a version whose files are kept, see ./millrace versions")
    private String version;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why, for whoever finds it held")
    private String reason;

    /** Of the installation that the options name. */
    public PinCommand(ConnectionOptions connection) {
        super(connection);
    }

    @Override
    Pointer move(Channel named) {
        return named.pin(version, reason);
    }
}
