package dev.millrace.trainer.learning;

import dev.millrace.embedding.objective.batch.BatchTexts;
import dev.millrace.embedding.objective.batch.BatchTexts.Text;
import dev.millrace.embedding.objective.batch.Teacher;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.view.View;
import dev.millrace.trainer.learning.batch.Example;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Examples as batches for one model.
 *
 * @param view of bare texts; what the model learns nothing from is not taken for one
 */
record Batches(View view, Model model) {
    /** By the configured view. A view that a text grew too long in is the text itself, which was looked at before. */
    static Batches of(View view, Model model) {
        return new Batches(view.orItself(model::learns), model);
    }

    /** The batch, beside a teacher of its texts if there is one. */
    TrainingBatch batch(List<Example> examples, long seed, Optional<Function<List<Text>, Teacher>> teacher) {
        BatchTexts texts = BatchTexts.of(examples, view, model.tokenizer().prompts(), seed);
        return texts.tokenized(
                model.tokenizer(), model.encoder().width(), teacher.map(sees -> sees.apply(texts.typed())));
    }
}
