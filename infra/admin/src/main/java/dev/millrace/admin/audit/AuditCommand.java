package dev.millrace.admin.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.admin.audit.chain.Finding;
import dev.millrace.admin.connection.Broker;
import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.output.Json;
import dev.millrace.admin.output.JsonOption;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./millrace audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Checks that every accepted record is in the model's lineage exactly once, and that what is there is whole:",
            "the chain of versions, their offsets, the hash of every file, head and channels, and each version's counts",
            "beside the topic's own records. Changes nothing; may run beside trainers. Exits 1 if anything is wrong.",
            "Of a long lineage the versions since the last summary, and what keeps files; the summary says what the others",
            "come to. With --deep every manifest and every record that is on the topic is read."
        },
        footer = {
            "",
            "Examples:",
            "  ./millrace audit                          the running stack, everything",
            "  ./millrace audit --no-files               quick: no file is read",
            "  ./millrace audit --deep                   every version ever published",
            "  ./millrace audit --s3 https://s3.example --bucket models --no-topic",
            "                                            without a broker; the keys are in the environment",
            "",
            "'lost' are records that a version passed over, 'twice' are applications too many, 'waiting' records are behind",
            "the head and will be learned next. More: infra/admin/README.md"
        })
public final class AuditCommand implements Callable<Integer> {
    @Option(names = "--no-topic", description = "do not read the topic; no broker is needed then")
    private boolean noTopic;

    @Option(names = "--no-files", description = "do not read and hash the versions' files")
    private boolean noFiles;

    @Option(names = "--deep", description = "read every manifest and all of the topic, and compare summaries with them")
    private boolean deep;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final ConnectionOptions connection;

    /** Of the installation that the options name. */
    public AuditCommand(ConnectionOptions connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        Optional<Broker> broker = noTopic ? Optional.empty() : Optional.of(connection.requireBroker());
        AuditReport report = run(new Audit(connection.store()), broker);
        json.print(() -> tree(report), out -> lines(report).forEach(out::println));
        return report.clean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private AuditReport run(Audit audit, Optional<Broker> broker) {
        if (broker.isEmpty()) {
            return audit.run(Optional.empty(), new AuditScope(!noFiles, deep));
        }
        TopicIdentity pairs = broker.get().pairs();
        try (AuditedTopic topic = new AuditedTopic(broker.get().consumer(), pairs)) {
            return audit.run(Optional.of(topic), new AuditScope(!noFiles, deep));
        }
    }

    private List<String> lines(AuditReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("head      " + report.head().orElse("none") + ", " + report.versions() + " versions");
        lines.add("read      "
                + report.summarized()
                        .map(version -> "the summary of " + version + " and its ancestors, and every manifest since;"
                                + " --deep reads all")
                        .orElse("every manifest"));
        lines.add(
                noFiles
                        ? "files     not read"
                        : "files     " + report.verified() + " versions as published, " + report.dropped()
                                + " with their manifest only");
        lines.add("lineage   " + report.records().trained() + " trained, "
                + report.records().heldOut() + " held out, " + report.records().duplicates() + " repeats, "
                + report.records().setAside() + " set aside");
        lines.add(report.topic()
                .map(topic -> "topic     " + topic.accepted() + " accepted, " + topic.waiting() + " waiting, "
                        + topic.notCompared() + " not compared, " + topic.lost() + " lost, " + topic.twice() + " twice")
                .orElse("topic     not read"));
        report.notes().forEach(note -> lines.add("note      " + note));
        report.findings().forEach(finding -> lines.add("WRONG     " + finding));
        lines.add(report.clean() ? "clean" : report.findings().size() + " wrong");
        return lines;
    }

    private ObjectNode tree(AuditReport report) {
        ObjectNode tree = Json.object().put("clean", report.clean());
        report.head().ifPresent(head -> tree.put("head", head));
        tree.put("versions", report.versions());
        report.summarized().ifPresent(version -> tree.put("summarized", version));
        if (!noFiles) {
            tree.put("verified", report.verified()).put("dropped", report.dropped());
        }
        Json.put(tree.putObject("records"), report.records());
        report.topic().ifPresent(topic -> tree.putObject("topic")
                .put("accepted", topic.accepted())
                .put("waiting", topic.waiting())
                .put("notCompared", topic.notCompared())
                .put("lost", topic.lost())
                .put("twice", topic.twice()));
        put(tree.putArray("findings"), report.findings());
        put(tree.putArray("notes"), report.notes());
        return tree;
    }

    private static void put(ArrayNode array, List<Finding> findings) {
        findings.forEach(
                finding -> array.addObject().put("subject", finding.subject()).put("line", finding.line()));
    }
}
