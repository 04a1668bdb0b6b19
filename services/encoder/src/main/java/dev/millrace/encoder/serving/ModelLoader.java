package dev.millrace.encoder.serving;

import java.nio.file.Path;

/** Turns a verified folder into a model; called on the thread that will own the model. */
public interface ModelLoader {
    VectorModel load(Path folder);
}
