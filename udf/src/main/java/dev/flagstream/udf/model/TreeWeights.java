package dev.flagstream.udf.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The weights of a tree's nodes, from the MOJO's file beside the tree: one record of 40 bytes for
 * each inner node, with its number, and the weights and numbers of its two children.
 */
final class TreeWeights {

  private static final int RECORD_BYTES = 40;
  private static final int LEFT_WEIGHT = 8;
  private static final int RIGHT_WEIGHT = 12;
  private static final int LEFT_NUMBER = 32;
  private static final int RIGHT_NUMBER = 36;

  private final ByteBuffer records;
  private final Map<Integer, Integer> offsetByNumber = new HashMap<>();

  /**
   * Takes the file's content.
   *
   * @throws IllegalArgumentException if it is cut off
   */
  TreeWeights(byte[] file) {
    if (file.length % RECORD_BYTES != 0) {
      throw new IllegalArgumentException("is cut off after " + file.length + " bytes");
    }
    records = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int offset = 0; offset < file.length; offset += RECORD_BYTES) {
      offsetByNumber.put(records.getInt(offset), offset);
    }
  }

  int leftNumber(int parent) {
    return records.getInt(offset(parent) + LEFT_NUMBER);
  }

  int rightNumber(int parent) {
    return records.getInt(offset(parent) + RIGHT_NUMBER);
  }

  double leftWeight(int parent) {
    return weight(parent, LEFT_WEIGHT);
  }

  double rightWeight(int parent) {
    return weight(parent, RIGHT_WEIGHT);
  }

  private double weight(int parent, int field) {
    float weight = records.getFloat(offset(parent) + field);
    if (!(weight >= 0) || weight == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "has a child of weight " + weight + " below node " + parent);
    }
    return weight;
  }

  private int offset(int number) {
    Integer offset = offsetByNumber.get(number);
    if (offset == null) {
      throw new IllegalArgumentException("has no weights for node " + number);
    }
    return offset;
  }
}
