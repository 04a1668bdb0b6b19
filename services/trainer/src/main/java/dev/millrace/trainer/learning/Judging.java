package dev.millrace.trainer.learning;

import dev.millrace.checkpoints.version.Decision;
import dev.millrace.trainer.learning.Learner.Outcome;
import dev.millrace.trainer.learning.Study.Studied;
import dev.millrace.trainer.learning.change.ChangeDetection.Brought;
import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.gate.Examiner;
import dev.millrace.trainer.learning.gate.Gate;
import dev.millrace.trainer.learning.gate.VersionFigures;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.learning.window.Admission;
import java.util.List;
import java.util.SortedMap;

/** What learning came to, by what was seen before and after: figures, the gate's word, and what is remembered from then on. */
final class Judging {
    private final LearningState state;
    private final Gate gate;
    private final Examiner examiner;
    private GoldenTexts latest = GoldenTexts.NONE;

    Judging(LearningState state, Gate gate, Examiner examiner) {
        this.state = state;
        this.gate = gate;
        this.examiner = examiner;
    }

    /** The golden texts as the latest that was judged sees them. */
    GoldenTexts latest() {
        return latest;
    }

    /** Of what came from the stream. */
    Outcome ofFresh(Admission admission, Studied studied) {
        Evaluation before = studied.before().evaluation();
        List<Double> losses = state.heldOut.isFull() ? before.losses(admission.held()) : List.of();
        SortedMap<String, Double> changes =
                state.changes.observe(new Brought(losses, admission.fresh(), state.replay.pairs()));
        admission.fresh().forEach(state.replay::offer);
        Outcome outcome = of(admission, studied);
        outcome.figures().putAll(changes);
        return outcome;
    }

    /** Of what came from wherever. */
    Outcome of(Admission admission, Studied studied) {
        latest = studied.after().renewed();
        state.windowDone();
        SortedMap<String, Double> figures = examiner.figures(studied.before(), studied.after());
        studied.heldBack().ifPresent(surprise -> VersionFigures.heldBack(surprise, figures));
        figures.put("loss", studied.trained().loss());
        figures.put("gradient", studied.trained().gradient());
        figures.put("examples", (double) studied.trained().examples());
        figures.put("tokens", (double) studied.trained().tokens());
        Decision decision = gate.judge(studied.before(), studied.after(), state);
        state.groups().learned(admission.fresh(), state.windows());
        figures.putAll(state.groups().ledger(state.windows()).figures());
        return new Outcome(admission, studied.trained().taught(), figures, decision);
    }
}
