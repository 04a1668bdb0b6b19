package dev.millrace.chaos.verdict;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.admin.audit.AuditReport;
import dev.millrace.admin.audit.TopicTotals;
import dev.millrace.chaos.load.EncoderLoad;
import dev.millrace.chaos.plan.Fault;
import dev.millrace.chaos.plan.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run has shown. */
public record Report(
        FaultPlan plan,
        AuditReport audit,
        Optional<LineageComparison> comparison,
        EncoderLoad.Answers answers,
        Run run) {
    /**
     * How it went.
     *
     * @param seconds of the whole run, the start of the stack left out
     * @param acknowledged different pairs that producers were told are accepted
     * @param broken promises to producers and callers that were not kept
     */
    public record Run(long seed, double seconds, Trainers trainers, long acknowledged, List<String> broken) {
        public Run {
            broken = List.copyOf(broken);
        }
    }

    /**
     * How trainers met.
     *
     * @param fenced how often one found that another had moved the head
     * @param together versions that several of them have learned
     */
    public record Trainers(long fenced, long together) {}

    /** What does not hold; empty when all does. */
    public List<String> wrong() {
        List<String> wrong = new ArrayList<>(run.broken());
        audit.findings().forEach(finding -> wrong.add(finding.toString()));
        if (topic().waiting() > 0) {
            wrong.add(topic().waiting() + " records were never learned");
        }
        comparison.ifPresent(compared -> wrong.addAll(compared.differences()));
        if (answers.failed() > 0) {
            wrong.add(answers.failed() + " requests failed though nobody had touched the encoder");
        }
        return wrong;
    }

    private TopicTotals topic() {
        return audit.topic().orElseThrow();
    }

    public String json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("seed", run.seed());
        root.put("kills", plan.count(Fault.Kill.class));
        root.put("freezes", plan.count(Fault.Freeze.class));
        root.put("restarts", plan.count(Fault.Restart.class));
        root.put("scales", plan.count(Fault.Scale.class));
        root.put("outages", plan.count(Fault.Outage.class));
        root.put("acknowledged", run.acknowledged());
        root.put("accepted", topic().accepted());
        root.put("trained", audit.records().trained());
        root.put("heldOut", audit.records().heldOut());
        root.put("duplicates", audit.records().duplicates());
        root.put("setAside", audit.records().setAside());
        root.put("lost", topic().lost());
        root.put("twice", topic().twice());
        comparison.ifPresent(compared -> {
            root.put("sameBytes", compared.sameBytes());
            root.put("versionsCompared", compared.versions());
            compared.files().forEach(root.putArray("filesCompared")::add);
        });
        root.put("requests", answers.asked());
        root.put("failedRequests", answers.failed());
        root.put("excusedRequests", answers.excused());
        root.put("versionsServed", answers.versions());
        root.put("fenced", run.trainers().fenced());
        root.put("learnedTogether", run.trainers().together());
        root.put("seconds", run.seconds());
        wrong().forEach(root.putArray("wrong")::add);
        root.put("passed", wrong().isEmpty());
        return root.toPrettyString() + "\n";
    }

    public List<String> table() {
        return List.of(
                "faults     " + plan.count(Fault.Kill.class) + " kills, " + plan.count(Fault.Freeze.class)
                        + " freezes, " + plan.count(Fault.Restart.class) + " restarts, "
                        + plan.count(Fault.Scale.class) + " times a trainer left and came back, "
                        + plan.count(Fault.Outage.class) + " outages",
                "lineage    " + topic().accepted() + " records = "
                        + audit.records().trained() + " trained + "
                        + audit.records().heldOut() + " held out + "
                        + audit.records().duplicates() + " repeats + "
                        + audit.records().setAside() + " set aside; lost " + topic().lost() + ", twice "
                        + topic().twice(),
                "bytes      "
                        + comparison
                                .map(compared -> compared.versions() + " versions beside an undisturbed trainer's: "
                                        + (compared.sameBytes() ? "the same, file by file" : "NOT the same"))
                                .orElse("not compared: several partitions are read in another order each time"),
                "answers    " + answers.asked() + " asked, " + answers.failed() + " failed, " + answers.excused()
                        + " while the encoder was down; " + answers.versions() + " versions served",
                "fenced     " + run.trainers().fenced() + " times a trainer found the head moved by another",
                "together   " + run.trainers().together() + " versions were learned by several trainers");
    }
}
