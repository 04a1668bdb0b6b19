package dev.millrace.admin.versions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.output.Json;
import dev.millrace.admin.output.JsonOption;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./millrace versions}. */
@Command(
        name = "versions",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Shows the lineage, newest first: what each version learned, how good it is, whether its files are kept, which",
            "channels stand there, and what the gate decided. With a version's name, everything about that one, its ledger",
            "too: what each group of held-out pairs was when it was learned, at its best, and is now."
        },
        footer = {
            "",
            "Examples:",
            "  ./millrace versions --limit 5",
            "  ./millrace versions --from v000812-3fa91c07      that one and older ones",
            "  ./millrace versions v000012-3fa91c07",
            "  ./millrace versions --json | jq -r '.versions[0].evaluation.\"hit@1\"'",
            "",
            "Files are 'kept', 'dropped' (retention left the manifest, and what younger versions refer to) or 'torn' (some are",
            "missing though head or a channel points there: ./millrace audit)."
        })
public final class VersionsCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "VERSION", description = "show this one in full")
    private Optional<String> version;

    @Option(names = "--limit", paramLabel = "N", description = "show at most so many (default: ${DEFAULT-VALUE})")
    private int limit = 20;

    @Option(names = "--from", paramLabel = "VERSION", description = "begin with this one instead of the head")
    private Optional<String> from = Optional.empty();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final ConnectionOptions connection;

    @Spec
    private CommandSpec spec;

    /** Of the installation that the options name. */
    public VersionsCommand(ConnectionOptions connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit: must be 1 or more");
        }
        if (version.isPresent() && from.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--from: not beside a VERSION to show in full");
        }
        VersionList versions = new VersionList(connection.store());
        if (version.isPresent()) {
            return show(versions, version.get());
        }
        VersionList.Walk walk =
                from.map(begin -> versions.lineage(begin, limit)).orElseGet(() -> versions.lineage(limit));
        show(walk);
        walk.broken().ifPresent(line -> spec.commandLine().getErr().println("millrace: " + line));
        return walk.broken().isPresent() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private int show(VersionList versions, String name) {
        VersionRow row = versions.whole(name);
        json.print(row::json, out -> row.details().forEach(out::println));
        return CommandLine.ExitCode.OK;
    }

    private void show(VersionList.Walk walk) {
        json.print(() -> tree(walk), out -> say(out, walk));
    }

    private static ObjectNode tree(VersionList.Walk walk) {
        ObjectNode tree = Json.object();
        ArrayNode rows = tree.putArray("versions");
        walk.rows().forEach(row -> rows.add(row.json()));
        walk.next().ifPresent(version -> tree.put("next", version));
        walk.broken().ifPresent(line -> tree.put("broken", line));
        return tree;
    }

    private static void say(PrintWriter out, VersionList.Walk walk) {
        if (walk.rows().isEmpty()) {
            out.println("no version yet");
        } else {
            out.println(VersionRow.TITLES);
            walk.rows().forEach(row -> out.println(row.line()));
            walk.next().ifPresent(version -> out.println("older: --from " + version));
        }
    }
}
