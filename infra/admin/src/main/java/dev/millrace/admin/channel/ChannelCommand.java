package dev.millrace.admin.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.output.Json;
import dev.millrace.admin.output.JsonOption;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.transfer.UnknownVersionException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that moves a channel or holds it, says from where to where, and tells the encoders. */
public abstract class ChannelCommand implements Callable<Integer> {
    @Option(names = "--channel", paramLabel = "NAME", description = "the channel (default: ${DEFAULT-VALUE})")
    private String channel = "stable";

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final ConnectionOptions connection;

    @Spec
    private CommandSpec spec;

    /** Of the installation that the options name. */
    public ChannelCommand(ConnectionOptions connection) {
        this.connection = connection;
    }

    /** Does it. */
    abstract Pointer move(Channel named);

    @Override
    public Integer call() {
        CheckpointStore store = connection.writableStore();
        Channel named = new Channel(store, channel);
        Optional<Pointer> before = named.pointer();
        Pointer after = move(named);
        boolean moved = !before.map(Pointer::version).equals(Optional.of(after.version()));
        Optional<String> warning = warning(store, after);
        Optional<Announcement> announced = moved
                ? Optional.of(Announcement.of(connection, channel, after.version(), space(store, after)))
                : Optional.empty();
        json.print(() -> tree(before, after, announced), out -> say(out, before, after, announced));
        warning.ifPresent(line -> spec.commandLine().getErr().println(line));
        return CommandLine.ExitCode.OK;
    }

    private static String space(CheckpointStore store, Pointer pointer) {
        return store.manifest(pointer.version())
                .orElseThrow(() -> new UnknownVersionException(pointer.version()))
                .space();
    }

    private Optional<String> warning(CheckpointStore store, Pointer after) {
        return store.manifest(after.version())
                .flatMap(manifest -> manifest.decision())
                .filter(decision -> !decision.trusted())
                .map(decision -> "the gate did not trust it: " + String.join(", ", decision.broken()));
    }

    private void say(PrintWriter out, Optional<Pointer> before, Pointer after, Optional<Announcement> announced) {
        out.println(channel + " was " + before.map(ChannelCommand::standing).orElse("nowhere"));
        out.println(channel + " is  " + standing(after));
        announced.map(Announcement::line).ifPresent(out::println);
    }

    private static String standing(Pointer pointer) {
        return "at " + pointer.version()
                + pointer.hold().map(reason -> ", held: " + reason).orElse(", free to move");
    }

    private ObjectNode tree(Optional<Pointer> before, Pointer after, Optional<Announcement> announced) {
        ObjectNode tree = Json.object().put("channel", channel);
        before.ifPresent(pointer -> put(tree.putObject("before"), pointer));
        put(tree.putObject("after"), after);
        tree.put("announced", announced.filter(Announcement::heard).isPresent());
        return tree;
    }

    private static void put(ObjectNode json, Pointer pointer) {
        json.put("version", pointer.version());
        pointer.hold().ifPresent(reason -> json.put("hold", reason));
    }
}
