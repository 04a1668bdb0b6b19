package dev.millrace.trainer.learning;

import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.train.TrainableEncoder;
import dev.millrace.embedding.train.TrainingOptions;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.vectors.TextFaults;
import dev.millrace.trainer.learning.vectors.Tokenizers;
import java.nio.file.Path;
import java.util.List;

/** What learns: a tokenizer and the encoder that it was made for. */
record Model(TextTokenizer tokenizer, TrainableEncoder encoder) implements AutoCloseable {
    /**
     * Out of the folder of a version, or of a base model.
     *
     * @throws dev.millrace.embedding.model.UnsupportedModelException when it cannot be trained on
     */
    static Model load(Path folder, EncoderOptions options, TrainingOptions training, LearningConfig config) {
        TextTokenizer tokenizer = Tokenizers.open(folder, config);
        try {
            return new Model(tokenizer, TrainableEncoder.load(folder, options, training));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Whether a step can have this document. */
    boolean learns(String text) {
        return TextFaults.unreadableTexts(List.of(text), tokenizer, encoder::refusal)
                .isEmpty();
    }

    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }
}
