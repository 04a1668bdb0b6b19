package dev.millrace.encoder;

import io.restassured.response.Response;
import java.util.List;

/** A vector out of an answer. */
final class JsonFloats {
    private JsonFloats() {}

    static float[] at(Response response, String path) {
        final List<Float> values = response.jsonPath().getList(path, Float.class);
        final float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }
}
