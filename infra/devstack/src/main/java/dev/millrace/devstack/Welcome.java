package dev.millrace.devstack;

import dev.millrace.devstack.options.Endpoints;
import java.nio.file.Path;
import java.util.List;

/** What a person needs to see when the stack is up. */
final class Welcome {
    private Welcome() {}

    static List<String> lines(Endpoints at, Path folder) {
        return List.of(
                "",
                "Millrace is up.",
                "  ingestion    " + at.ingestion(),
                "  encoder      " + at.encoder(),
                "  trainer      " + at.trainer(),
                "  attribution  " + at.attribution(),
                "  kafka        " + at.kafka(),
                "  bucket       " + at.s3().endpoint() + "/" + at.s3().bucket(),
                "  for scripts  " + folder.resolve("endpoints.json") + " (also the bucket's keys)",
                "",
                "Teach it a pair:",
                "  curl -s " + at.ingestion() + "/v1/pairs -H 'Content-Type: application/json' \\",
                "    -d '{\"id\":\"hello-1\",\"anchor\":\"a wheel that water turns\",\"positive\":\"mill wheel\"}'",
                "Ask for vectors:",
                "  curl -s " + at.encoder() + "/v1/embeddings -H 'Content-Type: application/json' \\",
                "    -d '{\"model\":\"stable\",\"input\":\"mill wheel\"}'",
                "",
                "Ctrl-C stops everything.");
    }
}
