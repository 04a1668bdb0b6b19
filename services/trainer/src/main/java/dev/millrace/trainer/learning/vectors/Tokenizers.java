package dev.millrace.trainer.learning.vectors;

import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.trainer.learning.settings.LearningConfig;
import java.nio.file.Path;

/** Opens tokenizers that put before a text what its model wants to read there, as it is configured. */
public final class Tokenizers {
    private Tokenizers() {}

    /** That of the model in the folder; to be closed by the caller. */
    public static TextTokenizer open(Path folder, LearningConfig config) {
        ModelFolder model = ModelFolder.read(folder);
        return TextTokenizer.load(config.prompts().equals(LearningConfig.ALIKE) ? model.withoutRoles() : model);
    }
}
