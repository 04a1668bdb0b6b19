package dev.millrace.bench;

import dev.millrace.embedding.Objective;
import java.util.List;

/** InfoNCE by cosine at temperature .05, as the trainer's and the peers'. */
final class InfoNce {
    static final Objective OBJECTIVE = new Objective("info-nce", """
                similarity = torch.matmul(torch.embedding(e, anchor), torch.t(e))
                logits = torch.div(similarity, float(settings[0]))
                masked = torch.masked_fill(logits, torch.logical_not(candidates), -10000.)
                return torch.cross_entropy_loss(masked, positive)
            """, List.of(LearningSettings.TEMPERATURE));

    private InfoNce() {}
}
