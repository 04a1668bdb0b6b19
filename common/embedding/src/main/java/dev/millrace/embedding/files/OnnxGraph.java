package dev.millrace.embedding.files;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As much of an ONNX file as the import of weights needs: nodes and named constants. Field numbers are those of
 * onnx.proto3 (onnx/onnx, version 8 and later).
 *
 * @param nodes the operations in file order
 * @param constants initializers and Constant nodes by name
 */
record OnnxGraph(List<Node> nodes, Map<String, Constant> constants) {

    /** An operation with the names of what it reads and writes. */
    record Node(String operation, List<String> inputs, List<String> outputs, Optional<Constant> value) {}

    /**
     * @param type ONNX TensorProto.DataType: 1 is fp32, 7 is int64
     * @param bytes little-endian raw values
     */
    record Constant(String name, long[] shape, int type, ByteBuffer bytes) {
        static final int FLOAT = 1;
        static final int INT64 = 7;

        float firstFloat() {
            return bytes.getFloat(0);
        }

        long firstLong() {
            return bytes.getLong(0);
        }
    }

    private interface Field {
        boolean read(int number, CodedInputStream in) throws IOException;
    }

    static OnnxGraph read(byte[] file) throws IOException {
        List<Node> nodes = new ArrayList<>();
        Map<String, Constant> constants = new LinkedHashMap<>();
        CodedInputStream in = CodedInputStream.newInstance(file);
        message(
                in,
                (model, stream) -> model == 7
                        && nested(stream, (field, graph) -> switch (field) {
                            case 1 -> nodes.add(node(graph));
                            case 5 -> add(constants, tensor(graph));
                            default -> false;
                        }));
        for (Node node : nodes) {
            node.value().ifPresent(value -> constants.put(node.outputs().get(0), value));
        }
        return new OnnxGraph(nodes, constants);
    }

    private static boolean add(Map<String, Constant> constants, Constant constant) {
        constants.put(constant.name(), constant);
        return true;
    }

    private static Node node(CodedInputStream in) throws IOException {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        String[] operation = {""};
        List<Constant> values = new ArrayList<>();
        nested(in, (field, node) -> switch (field) {
            case 1 -> inputs.add(node.readString());
            case 2 -> outputs.add(node.readString());
            case 4 -> {
                operation[0] = node.readString();
                yield true;
            }
            case 5 -> nested(node, (part, attribute) -> part == 5 && values.add(tensor(attribute)));
            default -> false;
        });
        return new Node(operation[0], inputs, outputs, values.stream().findFirst());
    }

    private static Constant tensor(CodedInputStream in) throws IOException {
        List<Long> shape = new ArrayList<>();
        int[] type = {0};
        String[] name = {""};
        ByteBuffer[] raw = {ByteBuffer.allocate(0)};
        nested(in, (field, tensor) -> switch (field) {
            case 1 -> dimensions(tensor, shape);
            case 2 -> {
                type[0] = tensor.readInt32();
                yield true;
            }
            case 8 -> {
                name[0] = tensor.readString();
                yield true;
            }
            case 9 -> {
                raw[0] = ByteBuffer.wrap(tensor.readByteArray()).order(ByteOrder.LITTLE_ENDIAN);
                yield true;
            }
            default -> false;
        });
        return new Constant(name[0], shape.stream().mapToLong(Long::longValue).toArray(), type[0], raw[0]);
    }

    private static boolean dimensions(CodedInputStream in, List<Long> shape) throws IOException {
        if (WireFormat.getTagWireType(in.getLastTag()) == WireFormat.WIRETYPE_VARINT) {
            return shape.add(in.readInt64());
        }
        int end = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            shape.add(in.readInt64());
        }
        in.popLimit(end);
        return true;
    }

    private static boolean nested(CodedInputStream in, Field field) throws IOException {
        int end = in.pushLimit(in.readRawVarint32());
        message(in, field);
        in.popLimit(end);
        return true;
    }

    private static void message(CodedInputStream in, Field field) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!field.read(WireFormat.getTagFieldNumber(tag), in)) {
                in.skipField(tag);
            }
        }
    }
}
