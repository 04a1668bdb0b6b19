package dev.millrace.admin.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a running stack's {@code endpoints.json} says: broker, bucket, and the bucket's keys. */
record StackFile(String kafka, String endpoint, String bucket, String accessKey, String secretKey) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Throws IllegalArgumentException when it is not there or is no such file; never repeats its content. */
    static StackFile read(Path file) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            JsonNode s3 = json.path("s3");
            return new StackFile(
                    text(file, json, "kafka"),
                    text(file, s3, "endpoint"),
                    text(file, s3, "bucket"),
                    text(file, s3, "accessKey"),
                    text(file, s3, "secretKey"));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read as JSON", e);
        }
    }

    private static String text(Path file, JsonNode object, String field) {
        if (!object.path(field).isTextual()) {
            throw new IllegalArgumentException(file + ": has no " + field + ", so it is not a stack's endpoints file");
        }
        return object.get(field).textValue();
    }

    @Override
    public String toString() {
        return "StackFile[kafka=" + kafka + ", endpoint=" + endpoint + ", bucket=" + bucket + "]";
    }
}
