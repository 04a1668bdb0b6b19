package dev.millrace.devstack;

import java.nio.file.Path;

public final class BaseModel {
    private BaseModel() {}

    public static Path miniLm(Path folder) {
        return folder.resolve("all-MiniLM-L6-v2");
    }
}
