package dev.millrace.embedding.objective;

import java.util.List;

/**
 * InfoNCE (van den Oord et al. 2018): cross entropy of the positive among all candidates by cosine over temperature,
 * averaged over anchors by weight.
 */
public final class InfoNce {
    private static final String BODY = """
                similarity = torch.matmul(torch.embedding(e, anchor), torch.t(e))
                logits = torch.masked_fill(torch.div(similarity, float(settings[0])), torch.logical_not(candidates), -10000.)
                losses = torch.cross_entropy_loss(logits, positive, None, 0, -100, 0.)
                return torch.div(torch.sum(torch.mul(losses, weight)), torch.sum(weight))
            """;

    private InfoNce() {}

    /**
     * The objective at a temperature.
     *
     * @param temperature what cosines are divided by, above 0
     */
    public static Objective of(double temperature) {
        return new Objective("info-nce", BODY, List.of(temperature));
    }
}
