package dev.millrace.admin.init;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.admin.connection.Broker;
import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.output.DryRunOption;
import dev.millrace.admin.output.Json;
import dev.millrace.admin.output.JsonOption;
import dev.millrace.admin.stream.TopicDirectory;
import dev.millrace.events.topic.Topics;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./millrace init}. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Makes the topics and the bucket that are missing, and says what of those that are there does not fit: by topic,",
            "setting, value, and what is wanted. Changes nothing that is there; may be run again and again, and by a job."
        },
        footer = {
            "",
            "Examples:",
            "  ./millrace init --kafka kafka:9092 --s3 https://s3.example --bucket models --replication 3",
            "  ./millrace init --dry-run --json     what is missing, and what does not fit",
            "",
            "Exits 1 where something does not fit, or, in a dry run, is missing. Retention, and the number of partitions of",
            "topics that are there, are yours to choose; impressions and clicks need the same number."
        })
public final class InitCommand implements Callable<Integer> {
    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "partitions of pairs, impressions and clicks that are made (default: ${DEFAULT-VALUE})")
    private int partitions = Topics.DEFAULT_PARTITIONS;

    @Option(
            names = "--replication",
            paramLabel = "N",
            description = "copies of each partition that is made (default: the broker's own)")
    private Optional<Short> replication;

    @Mixin
    private final DryRunOption dryRun = new DryRunOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final ConnectionOptions connection;

    @Spec
    private CommandSpec spec;

    /** Of the installation that the options name. */
    public InitCommand(ConnectionOptions connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        if (partitions < 1 || replication.filter(copies -> copies < 1).isPresent()) {
            throw new ParameterException(spec.commandLine(), "--partitions, --replication: must be 1 or more");
        }
        List<Prepared> prepared = prepare(connection.requireBroker());
        boolean fits = prepared.stream().allMatch(Prepared::fits);
        json.print(() -> tree(prepared, fits), out -> say(out, prepared, fits));
        return fits ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private List<Prepared> prepare(Broker broker) {
        Installation installation = new Installation(broker.topics(partitions), replication, dryRun.wanted());
        List<Prepared> prepared = new ArrayList<>();
        // First, as it says soonest when a bucket is named wrongly.
        prepared.add(installation.bucket(
                connection.bucketName(), connection::existingBucket, connection::bucketMadeIfAbsent));
        try (TopicDirectory directory = broker.directory()) {
            prepared.addAll(installation.topics(directory));
        }
        return prepared;
    }

    private static void say(PrintWriter out, List<Prepared> prepared, boolean fits) {
        for (Prepared thing : prepared) {
            List<String> said = new ArrayList<>();
            said.add(state(thing));
            said.addAll(thing.found());
            out.println(thing.kind() + " " + thing.name() + ": " + String.join(", ", said));
            thing.misfits()
                    .forEach(misfit -> out.println("WRONG  " + thing.kind() + " " + thing.name() + ": " + misfit));
        }
        out.println(fits ? "ready" : "not ready");
    }

    private static String state(Prepared thing) {
        return thing.state().name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode tree(List<Prepared> prepared, boolean fits) {
        ObjectNode tree = Json.object().put("ready", fits);
        ArrayNode things = tree.putArray("things");
        for (Prepared thing : prepared) {
            ObjectNode node = things.addObject()
                    .put("kind", thing.kind())
                    .put("name", thing.name())
                    .put("state", state(thing));
            ArrayNode found = node.putArray("found");
            thing.found().forEach(found::add);
            ArrayNode misfits = node.putArray("misfits");
            thing.misfits().forEach(misfits::add);
        }
        return tree;
    }
}
