package dev.millrace.admin.channel;

import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./millrace promote}. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Moves a channel to a version, whatever the gate thought of it, and leaves it free to move on: the next version that",
            "the gate trusts follows. To keep it there, ./millrace pin. A channel that does not exist yet is made."
        },
        footer = {
            "",
            "Examples:",
            "  ./millrace promote v000012-3fa91c07",
            "  ./millrace promote v000012-3fa91c07 --channel candidate"
        })
public final class PromoteCommand extends ChannelCommand {
    @Parameters(paramLabel = "VERSION", description = "a version whose files are kept, see ./millrace versions")
    private String version;

    /** Of the installation that the options name. */
    public PromoteCommand(ConnectionOptions connection) {
        super(connection);
    }

    @Override
    Pointer move(Channel named) {
        return named.promote(version);
    }
}
