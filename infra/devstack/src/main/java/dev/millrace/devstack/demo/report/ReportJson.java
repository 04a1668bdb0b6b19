package dev.millrace.devstack.demo.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.devstack.demo.measure.Quality;
import dev.millrace.devstack.demo.measure.VersionRow;
import dev.millrace.devstack.demo.traffic.Freshness;
import dev.millrace.devstack.demo.traffic.SimulatedUser;
import java.util.List;
import java.util.OptionalDouble;

/** The report for scripts. */
public final class ReportJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportJson() {}

    public static ObjectNode of(Report report, List<String> missing) {
        ObjectNode root = JSON.createObjectNode();
        root.put("data", report.data().name());
        report.versions().forEach(row -> version(root.withArray("versions").addObject(), row));
        root.put("candidates", report.questions().candidates().size());
        root.put("queries", report.questions().queries().size());
        root.put("pairsPosted", report.sent().pairs());
        root.put("searches", report.sent().searches());
        root.put("clicks", report.sent().clicks());
        Freshness.Result freshness = report.speed().freshness();
        ObjectNode fresh = root.putObject("freshnessSeconds");
        put(fresh, "p50", freshness.seconds().at(0.5));
        put(fresh, "p95", freshness.seconds().at(0.95));
        fresh.put("marked", freshness.seconds().sorted().size() + freshness.unserved());
        fresh.put("unserved", freshness.unserved());
        root.put("requests", report.traffic().requests());
        root.put("failures", report.failures());
        report.failureReasons().forEach(root.putArray("failureReasons")::add);
        ObjectNode reload = root.putObject("reloadMillis");
        put(reload, "p50", report.speed().reloadMillis().at(0.5));
        put(reload, "max", report.speed().reloadMillis().at(1));
        root.put("seconds", report.speed().seconds());
        root.put("passed", missing.isEmpty());
        missing.forEach(root.putArray("missing")::add);
        definitions(root.putObject("definitions"), report);
        return root;
    }

    private static void version(ObjectNode json, VersionRow row) {
        json.put("version", row.version());
        figures(json, row.quality());
        json.put("pairs", row.pairs());
        json.put("secondsSinceStart", row.secondsSinceStart());
        ObjectNode domains = json.putObject("domains");
        row.measured().domains().forEach((name, quality) -> {
            ObjectNode domain = domains.putObject(name);
            figures(domain, quality);
            domain.put("queries", quality.queries());
        });
    }

    private static void figures(ObjectNode json, Quality quality) {
        for (int k = 1; k <= Quality.DEPTH; k++) {
            json.put("hit@" + k, quality.hitAt(k));
        }
        json.put("noMatch", quality.noMatch());
    }

    // Absent, and not zero, where nothing was timed.
    private static void put(ObjectNode json, String name, OptionalDouble value) {
        value.ifPresent(present -> json.put(name, present));
    }

    private static void definitions(ObjectNode json, Report report) {
        json.put("hit@k", "share of held-out queries with a right document among the k best of all candidates");
        json.put("noMatch", "share of held-out queries with no right document among the " + Quality.DEPTH + " best");
        json.put("pairs", "pairs the version and its ancestors were trained on");
        json.put(
                "freshnessSeconds",
                "marked pairs: from being posted to the first answer of a version that learned them");
        json.put(
                "reloadMillis",
                "by reload: the slower of the last answer before it and the first after it, to a caller that asks steadily");
        json.put("requests", "everything sent to encoder and ingestion");
        json.put(
                "failures",
                "answers outside 2xx, but 429 and 503 that succeeded when repeated as told; steady traffic is never repeated");
        json.put("clicks", SimulatedUser.statement());
        json.put("data", String.join("; ", report.data().notes()));
    }
}
