package dev.flagstream.benchmarks.scoring;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an ONNX model of one node of the domain {@code ai.onnx.ml}, from a row of floats to one
 * float. The numbers of fields and of attribute types are those of {@code onnx.proto}.
 */
final class OnnxFile {

  static final String INPUT = "row";
  static final String OUTPUT = "score";

  private static final int FLOAT = 1;
  private static final int INT = 2;
  private static final int STRING = 3;
  private static final int FLOATS = 6;
  private static final int INTS = 7;
  private static final int STRINGS = 8;

  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;
  private static final int ML_OPSET = 3;

  private final String operator;
  private final int features;
  private final List<ByteString> attributes = new ArrayList<>();

  OnnxFile(String operator, int features) {
    this.operator = operator;
    this.features = features;
  }

  OnnxFile with(String name, long value) {
    return attribute(name, INT, out -> out.writeInt64(3, value));
  }

  OnnxFile with(String name, String value) {
    return attribute(name, STRING, out -> out.writeString(4, value));
  }

  OnnxFile withFloats(String name, List<Float> values) {
    return attribute(
        name,
        FLOATS,
        out -> {
          for (float value : values) {
            out.writeFloat(7, value);
          }
        });
  }

  OnnxFile withInts(String name, List<Integer> values) {
    return attribute(
        name,
        INTS,
        out -> {
          for (int value : values) {
            out.writeInt64(8, value);
          }
        });
  }

  OnnxFile withStrings(String name, List<String> values) {
    return attribute(
        name,
        STRINGS,
        out -> {
          for (String value : values) {
            out.writeString(9, value);
          }
        });
  }

  private OnnxFile attribute(String name, int type, Part value) {
    attributes.add(
        message(
            out -> {
              out.writeString(1, name);
              value.writeTo(out);
              out.writeEnum(20, type);
            }));
    return this;
  }

  /** The file's content. */
  byte[] bytes() {
    ByteString node =
        message(
            out -> {
              out.writeString(1, INPUT);
              out.writeString(2, OUTPUT);
              out.writeString(4, operator);
              for (ByteString attribute : attributes) {
                out.writeBytes(5, attribute);
              }
              out.writeString(7, "ai.onnx.ml");
            });
    ByteString graph =
        message(
            out -> {
              out.writeBytes(1, node);
              out.writeString(2, "scoring");
              out.writeBytes(11, floats(INPUT, features));
              out.writeBytes(12, floats(OUTPUT, 1));
            });
    return message(
            out -> {
              out.writeInt64(1, IR_VERSION);
              out.writeBytes(7, graph);
              out.writeBytes(8, operatorSet("", OPSET));
              out.writeBytes(8, operatorSet("ai.onnx.ml", ML_OPSET));
            })
        .toByteArray();
  }

  /** The declaration of a matrix of one row of floats. */
  private static ByteString floats(String name, int columns) {
    ByteString shape =
        message(
            out -> {
              out.writeBytes(1, message(dimension -> dimension.writeInt64(1, 1)));
              out.writeBytes(1, message(dimension -> dimension.writeInt64(1, columns)));
            });
    ByteString tensor =
        message(
            out -> {
              out.writeInt32(1, FLOAT);
              out.writeBytes(2, shape);
            });
    return message(
        out -> {
          out.writeString(1, name);
          out.writeBytes(2, message(type -> type.writeBytes(1, tensor)));
        });
  }

  private static ByteString operatorSet(String domain, int version) {
    return message(
        out -> {
          out.writeString(1, domain);
          out.writeInt64(2, version);
        });
  }

  private static ByteString message(Part part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      part.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }

  /** Writes some fields of a message. */
  private interface Part {
    void writeTo(CodedOutputStream out) throws IOException;
  }
}
