package dev.millrace.devstack;

import dev.millrace.devstack.process.Folders;
import dev.millrace.embedding.files.OnnxImport;
import dev.millrace.embedding.model.Pooling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The model that a fresh lineage begins with unless the user names one: all-MiniLM-L6-v2, out of an artifact of the build. */
public final class BaseModel {
    private static final String ONNX = "/all-minilm-l6-v2.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";
    private static final int MAX_TOKENS = 256;

    private BaseModel() {}

    /** Imports MiniLM below the given folder, once; returns its Hugging Face folder. */
    public static Path miniLm(Path folder) {
        Path model = folder.resolve("all-MiniLM-L6-v2");
        if (Files.isDirectory(model)) {
            return model;
        }
        try {
            Path work = Files.createTempDirectory(Folders.create(folder), "import");
            Path imported = work.resolve("model");
            OnnxImport.importOnnx(extract(ONNX, work), extract(TOKENIZER, work), Pooling.MEAN, MAX_TOKENS, imported);
            place(imported, model);
            Folders.delete(work);
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot import the base model into " + model, e);
        }
    }

    /** Another process may have been quicker: it made the same. */
    private static void place(Path imported, Path model) throws IOException {
        try {
            Files.move(imported, model, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(model)) {
                throw e;
            }
        }
    }

    /** MiniLM as ONNX below the given folder, for programs that want it so. */
    public static Path miniLmOnnx(Path folder) {
        Path file = Folders.create(folder).resolve(ONNX.substring(1));
        try {
            return Files.exists(file) ? file : extract(ONNX, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static Path extract(String resource, Path folder) throws IOException {
        Path file = folder.resolve(resource.substring(1));
        try (InputStream in = BaseModel.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is not on the class path");
            }
            Files.copy(in, file);
        }
        return file;
    }
}
