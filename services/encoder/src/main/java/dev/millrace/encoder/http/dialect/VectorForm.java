package dev.millrace.encoder.http.dialect;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How the numbers of a vector are written. What needs the ranges of a whole corpus, as int8 does, is none of these. */
public enum VectorForm {
    FLOAT {
        @Override
        public void write(float[] vector, JsonGenerator json) throws IOException {
            json.writeStartArray();
            for (float value : vector) {
                json.writeNumber(value);
            }
            json.writeEndArray();
        }
    },
    /** Little-endian 32-bit floats. */
    BASE64 {
        @Override
        public void write(float[] vector, JsonGenerator json) throws IOException {
            final ByteBuffer bytes =
                    ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes.array(), 0, bytes.capacity());
        }
    },
    /** One bit a number, 1 where it is above 0, eight of them as a byte whose highest bit is the first, less 128. */
    BINARY {
        @Override
        public void write(float[] vector, JsonGenerator json) throws IOException {
            bits(vector, -128, json);
        }
    },
    /** The same as bytes of 0..255. */
    UBINARY {
        @Override
        public void write(float[] vector, JsonGenerator json) throws IOException {
            bits(vector, 0, json);
        }
    };

    /** Writes one vector. */
    public abstract void write(float[] vector, JsonGenerator json) throws IOException;

    /** Writes all of an answer as an array. */
    public void writeAll(EmbeddingsAnswer answer, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (int index = 0; index < answer.size(); index++) {
            write(answer.vector(index), json);
        }
        json.writeEndArray();
    }

    /** What is missing of the last byte is 0. */
    private static void bits(float[] vector, int shift, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (int begin = 0; begin < vector.length; begin += Byte.SIZE) {
            int bits = 0;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                bits = bits << 1 | (begin + bit < vector.length && vector[begin + bit] > 0 ? 1 : 0);
            }
            json.writeNumber(bits + shift);
        }
        json.writeEndArray();
    }
}
