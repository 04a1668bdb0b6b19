package dev.millrace.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.admin.audit.AuditReport;
import dev.millrace.admin.audit.TopicTotals;
import java.util.ArrayList;
import java.util.List;

/** What a run has shown. */
record Report(Plan plan, AuditReport audit, Sameness sameness, Answers answers, Course course) {
    /**
     * How it went.
     *
     * @param seconds of the whole run, the start of the stack left out
     * @param fenced how often a trainer found that another had moved the head
     * @param acknowledged different pairs that producers were told are accepted
     * @param broken promises to producers and callers that were not kept
     */
    record Course(long seed, double seconds, long fenced, long acknowledged, List<String> broken) {
        Course {
            broken = List.copyOf(broken);
        }
    }

    /**
     * What the encoder's caller saw.
     *
     * @param failed without a vector though nobody had touched the encoder
     * @param excused without a vector while the encoder was down or coming back
     * @param versions that have answered
     */
    record Answers(long asked, long failed, long excused, int versions) {}

    /** What does not hold; empty when all does. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>(course.broken());
        audit.findings().forEach(finding -> wrong.add(finding.toString()));
        if (topic().waiting() > 0) {
            wrong.add(topic().waiting() + " records were never learned");
        }
        wrong.addAll(sameness.differences());
        if (answers.failed() > 0) {
            wrong.add(answers.failed() + " requests failed though nobody had touched the encoder");
        }
        return wrong;
    }

    private TopicTotals topic() {
        return audit.topic().orElseThrow();
    }

    String json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("seed", course.seed());
        root.put("kills", plan.count(Blow.Kill.class));
        root.put("freezes", plan.count(Blow.Freeze.class));
        root.put("restarts", plan.count(Blow.Restart.class));
        root.put("outages", plan.count(Blow.Outage.class));
        root.put("acknowledged", course.acknowledged());
        root.put("accepted", topic().accepted());
        root.put("trained", audit.records().trained());
        root.put("heldOut", audit.records().heldOut());
        root.put("duplicates", audit.records().duplicates());
        root.put("setAside", audit.records().setAside());
        root.put("lost", topic().lost());
        root.put("twice", topic().twice());
        root.put("sameBytes", sameness.sameBytes());
        root.put("versionsCompared", sameness.versions());
        sameness.files().forEach(root.putArray("filesCompared")::add);
        root.put("requests", answers.asked());
        root.put("failedRequests", answers.failed());
        root.put("excusedRequests", answers.excused());
        root.put("versionsServed", answers.versions());
        root.put("fenced", course.fenced());
        root.put("seconds", course.seconds());
        wrong().forEach(root.putArray("wrong")::add);
        root.put("passed", wrong().isEmpty());
        return root.toPrettyString() + "\n";
    }

    List<String> table() {
        return List.of(
                "blows      " + plan.count(Blow.Kill.class) + " kills, " + plan.count(Blow.Freeze.class) + " freezes, "
                        + plan.count(Blow.Restart.class) + " restarts, " + plan.count(Blow.Outage.class) + " outages",
                "lineage    " + topic().accepted() + " records = "
                        + audit.records().trained() + " trained + "
                        + audit.records().heldOut() + " held out + "
                        + audit.records().duplicates() + " repeats + "
                        + audit.records().setAside() + " set aside; lost " + topic().lost() + ", twice "
                        + topic().twice(),
                "bytes      " + sameness.versions() + " versions beside an undisturbed trainer's: "
                        + (sameness.sameBytes() ? "the same, file by file" : "NOT the same"),
                "answers    " + answers.asked() + " asked, " + answers.failed() + " failed, " + answers.excused()
                        + " while the encoder was down; " + answers.versions() + " versions served",
                "fenced     " + course.fenced() + " times a trainer found the head moved by another");
    }
}
