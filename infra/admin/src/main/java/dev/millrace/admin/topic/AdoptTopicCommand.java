package dev.millrace.admin.topic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.admin.connection.Broker;
import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.output.DryRunOption;
import dev.millrace.admin.output.Json;
import dev.millrace.admin.output.JsonOption;
import dev.millrace.admin.stream.TopicReader;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.IsolationLevel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./millrace adopt-topic}. */
@Command(
        name = "adopt-topic",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Lets the lineage go on with the topic of pairs that is there now, from its beginning, after the one it was learned",
            "from was deleted or lost. Trainers wait for that: offsets of the old topic say nothing about the new one's records.",
            "What was learned stays. Records of the old topic that no version had read are gone; see first where they went."
        },
        footer = {
            "",
            "Examples:",
            "  ./millrace adopt-topic --dry-run     which topic that is, and what will be read",
            "  ./millrace adopt-topic",
            "",
            "Run again, it finds nothing to do. ./millrace audit says whether the topic is another one."
        })
public final class AdoptTopicCommand implements Callable<Integer> {
    @Mixin
    private final DryRunOption dryRun = new DryRunOption();

    @Option(
            names = "--unrecorded",
            description = "go on where the lineage, of an older Millrace, does not say which topic it was learned from")
    private boolean unrecorded;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final ConnectionOptions connection;

    /** Of the installation that the options name. */
    public AdoptTopicCommand(ConnectionOptions connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        Broker broker = connection.requireBroker();
        TopicIdentity topic = broker.pairs();
        Extent extent = extent(broker, topic.name());
        TopicAdoption adoption = new TopicAdoption(connection.writableStore(), new SecureRandom()::nextLong);
        TopicAdoption.Plan plan = adoption.plan(topic, extent.begins(), unrecorded);
        Optional<Manifest> child =
                plan.isNeeded() && !dryRun.wanted() ? Optional.of(adoption.run(plan)) : Optional.empty();
        json.print(() -> tree(plan, child, extent), out -> say(out, plan, child, extent));
        return CommandLine.ExitCode.OK;
    }

    /** Where the topic's partitions begin and end. */
    private record Extent(SortedMap<String, Long> begins, SortedMap<String, Long> ends) {
        long records() {
            return ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - begins.get(end.getKey()))
                    .sum();
        }
    }

    private static Extent extent(Broker broker, String topic) {
        try (TopicReader reader = broker.reader(topic, IsolationLevel.READ_COMMITTED)) {
            return new Extent(reader.begins(), reader.ends());
        }
    }

    private static void say(PrintWriter out, TopicAdoption.Plan plan, Optional<Manifest> child, Extent extent) {
        out.println("learned from " + plan.known().map(AdoptTopicCommand::line).orElse("a topic that is not recorded")
                + ", up to " + plan.from().offsets());
        out.println("there is now " + line(plan.topic()) + ", of offsets " + extent.begins() + " to " + extent.ends());
        if (!plan.isNeeded()) {
            out.println("nothing to do: " + plan.head().version() + " goes on with this topic as it is");
            return;
        }
        out.println("head was at " + plan.head().version());
        out.println(child.map(version -> "head is  at " + version.version() + ", which reads")
                        .orElse("head would be at a child of it, which reads")
                + " on from " + plan.begins() + ": " + extent.records() + " records so far");
    }

    private static String line(TopicIdentity topic) {
        return topic.name() + ", id " + topic.id() + ", " + topic.partitions() + " partitions";
    }

    private ObjectNode tree(TopicAdoption.Plan plan, Optional<Manifest> child, Extent extent) {
        ObjectNode tree = Json.object()
                .put("changed", child.isPresent())
                .put("needed", plan.isNeeded())
                .put("before", plan.head().version());
        child.ifPresent(version -> tree.put("after", version.version()));
        plan.known().ifPresent(topic -> Json.put(tree.putObject("learnedFrom"), topic));
        Json.put(tree.putObject("topic"), plan.topic());
        ObjectNode begins = tree.putObject("readsFrom");
        plan.begins().forEach(begins::put);
        return tree.put("records", extent.records());
    }
}
