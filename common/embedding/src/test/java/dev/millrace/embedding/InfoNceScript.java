package dev.millrace.embedding;

import java.util.List;

/** The objective that tests learn: InfoNCE over the candidates, at a temperature. */
final class InfoNceScript {
    private InfoNceScript() {}

    static Objective at(double temperature) {
        return new Objective("info-nce", """
                s = torch.div(torch.matmul(torch.embedding(e, anchor), torch.t(e)), float(settings[0]))
                s = torch.masked_fill(s, torch.logical_not(candidates), -10000.)
                l = torch.cross_entropy_loss(s, positive, None, 0, -100, 0.)
                return torch.div(torch.sum(torch.mul(l, weight)), torch.sum(weight))
            """.indent(4), List.of(temperature));
    }
}
