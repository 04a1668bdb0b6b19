package dev.millrace.admin.channel;

import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./millrace hold}. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Holds a channel where it stands: training goes on, but nothing newer is promoted until ./millrace release."
        },
        footer = {"", "Example:", "  ./millrace hold --reason \"sale until Monday\""})
public final class HoldCommand extends ChannelCommand {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why, for whoever finds it held")
    private String reason;

    /** Of the installation that the options name. */
    public HoldCommand(ConnectionOptions connection) {
        super(connection);
    }

    @Override
    Pointer move(Channel named) {
        return named.hold(reason);
    }
}
