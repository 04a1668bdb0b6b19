package dev.millrace.admin.redrive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.output.DryRunOption;
import dev.millrace.admin.output.Json;
import dev.millrace.admin.output.JsonOption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./millrace redrive}. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Puts records that were set aside back to their topic: as they were, where they are valid events now (a window that",
            "diverged; a fault in the product that is mended), or mended ones from a file. What is no valid event is refused, by",
            "place and field. Each record carries where it comes from, so a second redrive does not put it back again. In a dry",
            "run the JSON has each record with its value.",
            "",
            "A document's text that is put back after the document was deleted, or after a newer text of it came, brings the old",
            "text back: what came since is not looked for."
        },
        footer = {
            "",
            "Examples:",
            "  ./millrace redrive --dry-run                      what lies there, and what would become of it",
            "  ./millrace redrive --reason diverged              pairs of windows that diverged",
            "  ./millrace redrive --dry-run --json --reason weight > letters.json      to mend them: .steps[].value",
            "  ./millrace redrive --topic pairs --file mended.jsonl                    one event a line",
            "",
            "Exits 1 if anything was refused."
        })
public final class RedriveCommand implements Callable<Integer> {
    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "pairs, impressions, clicks or documents, without prefix (default: pairs)")
    private EventKind topic = EventKind.PAIRS;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "only dead letters whose field or reason contains this")
    private Optional<String> reason;

    @Option(names = "--since", paramLabel = "TIME", description = "only those set aside since, as 2026-01-31T12:00:00Z")
    private Optional<Instant> since;

    @Option(names = "--file", paramLabel = "FILE", description = "put back these instead, a JSON object a line")
    private Optional<Path> file;

    @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: all)")
    private long limit = Long.MAX_VALUE;

    @Mixin
    private final DryRunOption dryRun = new DryRunOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final ConnectionOptions connection;

    @Spec
    private CommandSpec spec;

    private final ObjectNode tree = Json.object();
    private final ArrayNode steps = tree.putArray("steps");
    private long put;
    private long already;
    private long refused;

    /** Of the installation that the options name. */
    public RedriveCommand(ConnectionOptions connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit: must be 1 or more");
        }
        if (file.isPresent() && (reason.isPresent() || since.isPresent())) {
            throw new ParameterException(spec.commandLine(), "--file excludes --reason and --since");
        }
        Redrive redrive = new Redrive(connection.requireBroker(), connection.clock(), dryRun.wanted(), this::take);
        file.ifPresentOrElse(
                mended -> redrive.mended(topic, mended, limit),
                () -> redrive.letters(new Selection(topic, reason, since, limit)));
        conclude();
        return refused > 0 ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private void take(Step step) {
        String outcome;
        if (step.outcome() instanceof Step.Outcome.Refused complaint) {
            refused++;
            outcome = "refused: " + complaint;
        } else if (step.outcome() instanceof Step.Outcome.Put) {
            put++;
            outcome = dryRun.wanted() ? "would be put back" : "put back";
        } else {
            already++;
            outcome = "was put back before";
        }
        boolean worthALine = dryRun.wanted() || step.outcome() instanceof Step.Outcome.Refused;
        if (worthALine) {
            say(step, outcome);
        }
    }

    private void say(Step step, String outcome) {
        if (json.wanted()) {
            ObjectNode entry = steps.addObject().put("origin", step.origin()).put("outcome", outcome);
            step.reason().ifPresent(text -> entry.put("reason", text));
            if (dryRun.wanted()) {
                entry.put("value", new String(step.value(), StandardCharsets.UTF_8));
            }
        } else {
            String why = step.reason().map(text -> " (" + text + ")").orElse("");
            json.out().println(step.origin() + why + ": " + outcome);
        }
    }

    private void conclude() {
        tree.put("dryRun", dryRun.wanted())
                .put("put", put)
                .put("already", already)
                .put("refused", refused);
        String done = dryRun.wanted() ? " would be put back, " : " put back, ";
        json.print(() -> tree, out -> out.println(put + done + already + " put back before, " + refused + " refused"));
    }
}
