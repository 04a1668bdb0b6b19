package dev.millrace.admin.rewind;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.admin.channel.Announcement;
import dev.millrace.admin.connection.Broker;
import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.output.DryRunOption;
import dev.millrace.admin.output.Json;
import dev.millrace.admin.output.JsonOption;
import dev.millrace.admin.stream.TopicReader;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.io.PrintWriter;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.IsolationLevel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./millrace rewind}. */
@Command(
        name = "rewind",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Takes the lineage back to an earlier version: for weights that were ruined, by a wrong setting or by what was",
            "posted. Later versions leave the lineage; trainers read their records from the topic again, and learn them with",
            "the settings they have now. Channels that stand at a version that left go back, too, unless somebody holds them."
        },
        footer = {
            "",
            "Examples:",
            "  ./millrace rewind v000012-3fa91c07 --dry-run     what would leave, and how much is learned again",
            "  ./millrace rewind v000012-3fa91c07",
            "",
            "Mend first what ruined it: trainers begin to learn at once. What must not be learned again belongs off the topic.",
            "Refused when a record is needed that the topic does not keep any more, or the version's files are gone."
        })
public final class RewindCommand implements Callable<Integer> {
    @Parameters(paramLabel = "VERSION", description = "a version of the lineage, see ./millrace versions")
    private String version;

    @Mixin
    private final DryRunOption dryRun = new DryRunOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final ConnectionOptions connection;

    /** Of the installation that the options name. */
    public RewindCommand(ConnectionOptions connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        Broker broker = connection.requireBroker();
        TopicIdentity topic = broker.pairs();
        SortedMap<String, Long> begins = begins(broker);
        Rewind rewind = new Rewind(connection.writableStore());
        RewindPlan rewound = dryRun.wanted() ? rewind.plan(version, topic, begins) : rewind.run(version, topic, begins);
        List<Rewind.Followed> channels = dryRun.wanted() ? List.of() : rewind.takeChannels(version);
        List<Announcement> announced = channels.stream()
                .filter(RewindCommand::moved)
                .map(channel -> Announcement.of(
                        connection, channel.channel(), version, rewound.to().space()))
                .toList();
        json.print(() -> tree(rewound, channels), out -> say(out, rewound, channels, announced));
        return CommandLine.ExitCode.OK;
    }

    private static SortedMap<String, Long> begins(Broker broker) {
        try (TopicReader topic = broker.reader(broker.topics().pairs().name(), IsolationLevel.READ_COMMITTED)) {
            return topic.begins();
        }
    }

    private static boolean moved(Rewind.Followed channel) {
        return !channel.before().equals(channel.after());
    }

    private void say(
            PrintWriter out, RewindPlan rewound, List<Rewind.Followed> channels, List<Announcement> announced) {
        out.println("head was at " + rewound.head().version());
        out.println((dryRun.wanted() ? "head would be at " : "head is  at ") + version + ": "
                + rewound.versions() + " versions leave the lineage, " + rewound.records()
                + " records are read again");
        channels.forEach(channel -> out.println(line(channel)));
        announced.stream().map(Announcement::line).distinct().forEach(out::println);
    }

    private static String line(Rewind.Followed channel) {
        return channel.channel() + " was at " + channel.before().version()
                + channel.after()
                        .hold()
                        .map(reason -> ", and stays: held, " + reason)
                        .orElse(", is at " + channel.after().version());
    }

    private ObjectNode tree(RewindPlan rewound, List<Rewind.Followed> channels) {
        ObjectNode tree = Json.object()
                .put("changed", !dryRun.wanted() && rewound.versions() > 0)
                .put("before", rewound.head().version())
                .put("after", version)
                .put("versions", rewound.versions())
                .put("records", rewound.records());
        ArrayNode left = tree.putArray("left");
        rewound.newest().forEach(left::add);
        ArrayNode moves = tree.putArray("channels");
        channels.forEach(channel -> moves.addObject()
                .put("channel", channel.channel())
                .put("before", channel.before().version())
                .put("after", channel.after().version()));
        return tree;
    }
}
