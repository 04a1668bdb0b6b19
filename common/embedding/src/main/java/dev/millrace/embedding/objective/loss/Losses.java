package dev.millrace.embedding.objective.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.millrace.embedding.objective.batch.GradedPair;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.Side;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.seen.Context;
import dev.millrace.embedding.objective.seen.GradedPairs;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Views;
import dev.millrace.embedding.torch.Scalars;
import dev.millrace.embedding.torch.TorchModule;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The value and the gradient of an objective over one batch, tile by tile: of the similarities of all rows with all texts only
 * those of a block of rows are in memory at once, and the gradient is that of the whole.
 */
public final class Losses {
    /** Some 300 MB of scores and what becomes of them. */
    private static final int CELLS = 1 << 24;

    private final Objective objective;
    private final int cells;

    /** Of an objective, in a few hundred megabytes. */
    public Losses(Objective objective) {
        this(objective, CELLS);
    }

    /** Of an objective, for as many rows at once as have so many candidates together. */
    public Losses(Objective objective, int cells) {
        this.objective = objective;
        this.cells = cells;
    }

    /** How often each text is encoded, each time under another dropout mask. */
    public int views() {
        return objective.views();
    }

    /**
     * Adds the gradient to that of {@code vectors} and returns the loss; empty, and no gradient, where nothing in the batch is of
     * use to the objective.
     *
     * @param scope freed by the caller; what is needed for a moment only is freed here
     * @param vectors [views * u, d] unit vectors in the order of the batch's texts, view after view: a leaf
     * @param parameters the objective's own, by name: leaves, whose gradient is added to as well
     */
    public OptionalDouble backward(
            PtNDManager scope, TrainingBatch batch, PtNDArray vectors, Map<String, NDArray> parameters) {
        Tiles tiles = new Tiles(scope, vectors, views(), Context.of(scope, batch, parameters));
        List<OptionalDouble> found = objective.terms().stream()
                .map(term -> backward(tiles, term, batch))
                .filter(OptionalDouble::isPresent)
                .toList();
        return found.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        found.stream().mapToDouble(OptionalDouble::getAsDouble).sum());
    }

    private OptionalDouble backward(Tiles tiles, Term term, TrainingBatch batch) {
        Loss loss = term.loss();
        if (loss instanceof RowLoss byRow) {
            return rows(tiles, term, byRow, batch);
        }
        if (loss instanceof TokenLoss) {
            return OptionalDouble.empty();
        }
        if (loss instanceof GradedLoss graded) {
            return graded(tiles, term, graded, batch.roles().graded());
        }
        return texts(tiles, term, (TextLoss) loss);
    }

    private OptionalDouble rows(Tiles tiles, Term term, RowLoss byRow, TrainingBatch batch) {
        List<Row> all = byRow.sides().stream()
                .flatMap(side -> batch.roles().rows(side).stream())
                .toList();
        if (all.isEmpty() || (byRow.needsTeacher() && tiles.beside().teacher().isEmpty())) {
            return OptionalDouble.empty();
        }
        double heaviest = all.stream().mapToDouble(Row::weight).max().orElseThrow();
        double weights =
                all.stream().mapToDouble(row -> row.weight() / heaviest).sum();
        int block = Math.max(1, cells / columns(batch));
        double loss = 0;
        for (Side side : byRow.sides()) {
            List<Row> rows = batch.roles().rows(side);
            for (int from = 0; from < rows.size(); from += block) {
                List<Row> part = rows.subList(from, Math.min(rows.size(), from + block));
                float[] shares = shares(part, heaviest, weights / term.weight());
                loss += tiles.backward(views -> {
                    NDArray losses = byRow.losses(new Rows(views.over(term.dimensions()), part));
                    return losses.mul(losses.getManager().create(shares)).sum();
                });
            }
        }
        return OptionalDouble.of(loss);
    }

    private static int columns(TrainingBatch batch) {
        int queued = batch.momentum().map(seen -> seen.queue().keys().size()).orElse(0);
        return batch.texts().size() + queued;
    }

    /** Divided by the heaviest in double precision: in fp32 a weight below 1e-45 is nothing, and 0 / 0 no number. */
    private static float[] shares(List<Row> rows, double heaviest, double whole) {
        float[] shares = new float[rows.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (float) (rows.get(i).weight() / heaviest / whole);
        }
        return shares;
    }

    private static OptionalDouble graded(Tiles tiles, Term term, GradedLoss graded, List<GradedPair> pairs) {
        if (pairs.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(tiles.backward(views ->
                Scalars.times(graded.loss(new GradedPairs(views.over(term.dimensions()), pairs)), term.weight())));
    }

    private static OptionalDouble texts(Tiles tiles, Term term, TextLoss byText) {
        if (tiles.beside().teacher().isEmpty()) {
            return OptionalDouble.empty();
        }
        // Whole, whatever the term's dimensions: a teacher's numbers have no order by which they may be cut.
        return OptionalDouble.of(tiles.backward(views -> Scalars.times(
                byText.losses(views.vectors(), views.beside().teacher().orElseThrow())
                        .mean(),
                term.weight())));
    }

    /** What tiles are made of. */
    private record Tiles(PtNDManager scope, PtNDArray vectors, int views, Context beside) {
        double backward(Function<Views, NDArray> loss) {
            try (PtNDManager part = TorchModule.scope(scope)) {
                JniUtils.setGradMode(true);
                PtNDArray value = (PtNDArray) loss.apply(Views.of(part, vectors, views, beside));
                JniUtils.backward(value, (PtNDArray) part.ones(value.getShape()), false, false);
                return value.getFloat();
            } finally {
                JniUtils.setGradMode(false);
            }
        }
    }
}
