package dev.millrace.admin.channel;

import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import picocli.CommandLine.Command;

/** {@code ./millrace release}. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Lets a channel that is held (by hold, pin or rollback) move on from where it stands: it follows the next version",
            "that the gate trusts. To go to a version at once, ./millrace promote."
        },
        footer = {"", "Example:", "  ./millrace release"})
public final class ReleaseCommand extends ChannelCommand {
    /** Of the installation that the options name. */
    public ReleaseCommand(ConnectionOptions connection) {
        super(connection);
    }

    @Override
    Pointer move(Channel named) {
        return named.release();
    }
}
