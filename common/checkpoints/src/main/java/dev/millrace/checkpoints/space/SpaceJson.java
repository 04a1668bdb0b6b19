package dev.millrace.checkpoints.space;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.checkpoints.version.JsonFields;
import dev.millrace.checkpoints.version.Seal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A space's one JSON form: vectors in base64 of little-endian 32-bit floats, its own hash at the end. */
final class SpaceJson {
    private static final int SCHEMA = 1;

    private SpaceJson() {}

    static byte[] write(final Space space) {
        final ObjectNode json = JsonFields.JSON.createObjectNode();
        json.put("schema", SCHEMA);
        json.put("name", space.name());
        json.put("version", space.version());
        json.put("createdAt", space.createdAt().toString());
        final ArrayNode texts = json.putArray("texts");
        space.texts().forEach(texts::add);
        final ArrayNode vectors = json.putArray("vectors");
        space.vectors().forEach(vector -> vectors.add(base64(vector)));
        return Seal.close(JsonFields.write(json));
    }

    static Space parse(final String name, final byte[] sealed) {
        final JsonFields fields = JsonFields.parse(Seal.open(sealed));
        if (fields.small("schema") != SCHEMA) {
            throw new IllegalArgumentException("schema: not " + SCHEMA);
        }
        if (!fields.text("name").equals(name)) {
            throw new IllegalArgumentException("name: is " + fields.text("name"));
        }
        final List<float[]> vectors = new ArrayList<>();
        fields.texts("vectors").forEach(vector -> vectors.add(floats(vector)));
        return new Space(name, fields.text("version"), fields.instant("createdAt"), fields.texts("texts"), vectors);
    }

    private static String base64(final float[] vector) {
        final ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static float[] floats(final String base64) {
        final ByteBuffer bytes =
                ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        final float[] vector = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(vector);
        return vector;
    }
}
