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

/** What a run has shown. */
public record Report(
        FaultPlan plan, AuditReport audit, LineageComparison comparison, EncoderLoad.Answers answers, Run run) {
    /**
     * How it went.
     *
     * @param seconds of the whole run, the start of the stack left out
     * @param fenced how often a trainer found that another had moved the head
     * @param acknowledged different pairs that producers were told are accepted
     * @param broken promises to producers and callers that were not kept
     */
    public record Run(long seed, double seconds, long fenced, long acknowledged, List<String> broken) {
        public Run {
            broken = List.copyOf(broken);
        }
    }

    /** What does not hold; empty when all does. */
    public List<String> wrong() {
        List<String> wrong = new ArrayList<>(run.broken());
        audit.findings().forEach(finding -> wrong.add(finding.toString()));
        if (topic().waiting() > 0) {
            wrong.add(topic().waiting() + " records were never learned");
        }
        wrong.addAll(comparison.differences());
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
        root.put("outages", plan.count(Fault.Outage.class));
        root.put("acknowledged", run.acknowledged());
        root.put("accepted", topic().accepted());
        root.put("trained", audit.records().trained());
        root.put("heldOut", audit.records().heldOut());
        root.put("duplicates", audit.records().duplicates());
        root.put("setAside", audit.records().setAside());
        root.put("lost", topic().lost());
        root.put("twice", topic().twice());
        root.put("sameBytes", comparison.sameBytes());
        root.put("versionsCompared", comparison.versions());
        comparison.files().forEach(root.putArray("filesCompared")::add);
        root.put("requests", answers.asked());
        root.put("failedRequests", answers.failed());
        root.put("excusedRequests", answers.excused());
        root.put("versionsServed", answers.versions());
        root.put("fenced", run.fenced());
        root.put("seconds", run.seconds());
        wrong().forEach(root.putArray("wrong")::add);
        root.put("passed", wrong().isEmpty());
        return root.toPrettyString() + "\n";
    }

    public List<String> table() {
        return List.of(
                "faults     " + plan.count(Fault.Kill.class) + " kills, " + plan.count(Fault.Freeze.class)
                        + " freezes, " + plan.count(Fault.Restart.class) + " restarts, "
                        + plan.count(Fault.Outage.class) + " outages",
                "lineage    " + topic().accepted() + " records = "
                        + audit.records().trained() + " trained + "
                        + audit.records().heldOut() + " held out + "
                        + audit.records().duplicates() + " repeats + "
                        + audit.records().setAside() + " set aside; lost " + topic().lost() + ", twice "
                        + topic().twice(),
                "bytes      " + comparison.versions() + " versions beside an undisturbed trainer's: "
                        + (comparison.sameBytes() ? "the same, file by file" : "NOT the same"),
                "answers    " + answers.asked() + " asked, " + answers.failed() + " failed, " + answers.excused()
                        + " while the encoder was down; " + answers.versions() + " versions served",
                "fenced     " + run.fenced() + " times a trainer found the head moved by another");
    }
}
