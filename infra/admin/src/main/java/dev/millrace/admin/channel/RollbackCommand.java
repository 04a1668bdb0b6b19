package dev.millrace.admin.channel;

import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./millrace rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Moves a channel back to where it stood before, and holds it there: else the next version would undo that.",
            "What was learned meanwhile stays in the lineage; ./millrace release lets the channel follow it again."
        },
        footer = {
            "",
            "Example:",
            "  ./millrace rollback --reason \"answers got worse since noon\"",
            "",
            "Again, it goes one step further back; a channel remembers eight. The files of the first step are always kept,",
            "those of the others if they are among the newest versions."
        })
public final class RollbackCommand extends ChannelCommand {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why, for whoever finds it held")
    private String reason;

    /** Of the installation that the options name. */
    public RollbackCommand(ConnectionOptions connection) {
        super(connection);
    }

    @Override
    Pointer move(Channel named) {
        return named.rollBack(reason);
    }
}
