package dev.millrace.admin.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --json} of every command: what came of it is one document, or lines for a person. */
public final class JsonOption {
    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Whether the document is wanted. */
    public boolean wanted() {
        return json;
    }

    /** Where the command prints. */
    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Prints one of the two. */
    public void print(Supplier<? extends JsonNode> document, Consumer<PrintWriter> lines) {
        if (json) {
            out().println(Json.print(document.get()));
        } else {
            lines.accept(out());
        }
    }
}
