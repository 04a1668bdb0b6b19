package dev.millrace.embedding.objective.seen;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.loss.Loss;
import dev.millrace.embedding.objective.loss.RowLoss;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A block of n rows of one side, as tensors: what {@link RowLoss} sees of a batch of u texts with vectors of d numbers. What
 * is asked for is made once.
 */
public final class Rows {
    private final Views views;
    private final List<Row> rows;
    private Optional<NDArray> anchors = Optional.empty();
    private Optional<NDArray> cosines = Optional.empty();
    private Optional<NDArray> candidates = Optional.empty();
    private Optional<NDArray> positive = Optional.empty();

    public Rows(Views views, List<Row> rows) {
        this.views = views;
        this.rows = rows;
    }

    /** [u, d] the unit vectors of the batch's texts. */
    public NDArray vectors() {
        return views.vectors();
    }

    /** [n, d] the rows' own vectors. */
    public NDArray anchors() {
        if (anchors.isEmpty()) {
            anchors = Optional.of(vectors().get(longs(Row::text)));
        }
        return anchors.get();
    }

    /** [n, u] of each row with each text. */
    public NDArray cosines() {
        if (cosines.isEmpty()) {
            cosines = Optional.of(anchors().matMul(vectors().transpose()));
        }
        return cosines.get();
    }

    /** [n, u] bool: the texts a row is compared with, its positive among them. */
    public NDArray candidates() {
        if (candidates.isEmpty()) {
            candidates = Optional.of(guided(mask(Rows::requirePositive)));
        }
        return candidates.get();
    }

    /** [n, 1] int64: which text is the row's positive. */
    public NDArray positive() {
        if (positive.isEmpty()) {
            positive = Optional.of(longs(Row::positive).reshape(rows.size(), 1));
        }
        return positive.get();
    }

    /** [n, 1] the cosine of each row with its positive. */
    public NDArray positiveCosines() {
        return cosines().gather(positive(), 1);
    }

    /** [n, u] 1 where a row's positive is, else 0. */
    public NDArray isPositive() {
        int width = Math.toIntExact(vectors().getShape().get(0));
        return positive().squeeze(1).oneHot(width);
    }

    /** [n, u] bool: candidates without the positive. */
    public NDArray negatives() {
        return candidates().logicalAnd(isPositive().eq(0));
    }

    /** [n, u] bool: a row's own hard negatives. */
    public NDArray own() {
        return mask(Row::own);
    }

    /** [n, u] bool: the texts that are known to belong to a row, its positive among them, itself not. */
    public NDArray kin() {
        return mask(Row::kin);
    }

    /** [n, u] of each row with each text as the momentum encoder sees it; for a loss that {@link Loss#needsMomentum}. */
    public NDArray keyCosines() {
        return anchors().matMul(views.beside().keys().batch().transpose());
    }

    /**
     * The scores [n, u] of the rows' candidates, and behind them those of all q texts in the queue that belong to none, by what
     * becomes of cosines: [n, u + q].
     */
    public NDArray queued(NDArray scores, UnaryOperator<NDArray> ofCosines) {
        NDArray first = Scores.where(candidates(), scores);
        Keys keys = views.beside().keys();
        return keys.queue()
                .map(queue -> {
                    int width = Math.toIntExact(queue.getShape().get(0));
                    NDArray strangers = mask(row -> keys.strangers(row.text()), width);
                    NDArray further = ofCosines.apply(anchors().matMul(queue.transpose()));
                    return first.concat(Scores.where(strangers, further), 1);
                })
                .orElse(first);
    }

    /** One of the loss's own {@link Loss#parameters}. */
    public NDArray parameter(String name) {
        return views.beside().parameter(name);
    }

    /** The same rows in the second view, under other dropout masks; only for a loss with two {@link Loss#views}. */
    public Rows second() {
        return new Rows(views.second(), rows);
    }

    /** The same rows of vectors behind a layer, [u, d] to [u, any], made unit vectors again. */
    public Rows behind(UnaryOperator<NDArray> layer) {
        return new Rows(views.behind(layer), rows);
    }

    /** [n, u] of each row with each text, as the teacher sees them; empty: there is no teacher. */
    public Optional<NDArray> teacherCosines() {
        return views.beside().teacher().map(teacher -> teacher.get(longs(Row::text))
                .matMul(teacher.transpose()));
    }

    /** Without what a guide sees nearer than the positive. */
    private NDArray guided(NDArray mask) {
        if (views.beside().guide().isEmpty()) {
            return mask;
        }
        NDArray seen = teacherCosines().orElseThrow();
        NDArray bound = seen.gather(positive(), 1).sub(views.beside().guide().getAsDouble());
        return mask.logicalAnd(seen.lte(bound).logicalOr(isPositive().eq(1)));
    }

    private static BitSet requirePositive(Row row) {
        BitSet candidates = row.candidates();
        if (!candidates.get(row.positive())) {
            throw new IllegalArgumentException("a positive is not among its row's candidates");
        }
        return candidates;
    }

    private NDArray longs(Function<Row, Integer> text) {
        return manager()
                .create(rows.stream().map(text).mapToLong(Integer::longValue).toArray());
    }

    private NDArray mask(Function<Row, BitSet> texts) {
        return mask(texts, Math.toIntExact(vectors().getShape().get(0)));
    }

    private NDArray mask(Function<Row, BitSet> texts, int width) {
        boolean[] mask = new boolean[Math.multiplyExact(rows.size(), width)];
        for (int i = 0; i < rows.size(); i++) {
            int row = i * width;
            texts.apply(rows.get(i)).stream().forEach(text -> mask[row + text] = true);
        }
        return manager().create(mask, new Shape(rows.size(), width));
    }

    private NDManager manager() {
        return vectors().getManager();
    }
}
