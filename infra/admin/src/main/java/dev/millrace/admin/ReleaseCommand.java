package dev.millrace.admin;

import dev.millrace.admin.place.Where;
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
final class ReleaseCommand extends ChannelCommand {
    ReleaseCommand(Where where) {
        super(where);
    }

    @Override
    Pointer move(Channel named) {
        return named.release();
    }
}
