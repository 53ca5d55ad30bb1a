package dev.flagstream.udf.model;

import dev.flagstream.udf.model.TreeNode.Leaf;
import dev.flagstream.udf.model.TreeNode.Missing;
import dev.flagstream.udf.model.TreeNode.Split;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * H2O's byte code of a tree, read into nodes. Depth first, a node is: one byte of flags; two bytes
 * of column; one byte saying where missing values go; four bytes of threshold, unless only missing
 * values go right; then, unless the left child is a leaf, the left subtree's length; then the left
 * and the right child. A leaf is four bytes of float. A tree of one leaf is a byte, the column
 * 65535 and the float.
 */
final class CompressedTree {

  private static final int NO_COLUMN = 0xFFFF;
  private static final int LEFT_KIND = 0x33;
  private static final int RIGHT_KIND = 0xC0;
  private static final int SPLIT_KIND = 0x0C;
  private static final int LEAF = 0x30;
  private static final int MAX_LENGTH_BYTES = 4;

  private static final int MISSING_ALONE_RIGHT = 1;
  private static final int MISSING_LEFT = 2;
  private static final int MISSING_RIGHT = 3;
  private static final int LEFT = 4;
  private static final int RIGHT = 5;

  /** Far above what training makes; keeps a damaged file from exhausting the stack. */
  private static final int MAX_DEPTH = 1000;

  private final ByteBuffer code;
  private final TreeWeights weights;
  private final List<String> features;

  private CompressedTree(byte[] code, TreeWeights weights, List<String> features) {
    this.code = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
    this.weights = weights;
    this.features = features;
  }

  /**
   * Reads a tree.
   *
   * @param features the names of the columns, for messages and their number
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static TreeNode read(byte[] code, TreeWeights weights, List<String> features) {
    CompressedTree tree = new CompressedTree(code, weights, features);
    try {
      TreeNode root = tree.root();
      if (tree.code.hasRemaining()) {
        throw new IllegalArgumentException(
            tree.code.remaining() + " bytes are left over after the tree");
      }
      return root;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("is cut off after " + code.length + " bytes", e);
    }
  }

  private TreeNode root() {
    if (code.remaining() > 2 && code.getChar(1) == NO_COLUMN) {
      code.position(code.position() + 3);
      return leaf(1);
    }
    return split(0, 0);
  }

  private Leaf leaf(double weight) {
    float value = code.getFloat();
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("has a leaf of the value " + value);
    }
    return new Leaf(value, weight);
  }

  private Split split(int number, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("is more than " + MAX_DEPTH + " levels deep");
    }
    int flags = Byte.toUnsignedInt(code.get());
    int column = code.getChar();
    if (column >= features.size()) {
      throw new IllegalArgumentException("splits by column " + column + ", which the model lacks");
    }
    Missing missing = missing(Byte.toUnsignedInt(code.get()));
    float threshold = missing == Missing.ALONE_RIGHT ? Float.NaN : threshold(flags, column);

    TreeNode left = left(flags & LEFT_KIND, number, depth);
    TreeNode right = right((flags & RIGHT_KIND) >> 2, number, depth);
    return Split.of(column, threshold, missing, left, right);
  }

  private TreeNode left(int kind, int parent, int depth) {
    if (kind == LEAF) {
      return leaf(weights.leftWeight(parent));
    }
    int length = length(kind);
    int begin = code.position();
    TreeNode left = split(weights.leftNumber(parent), depth + 1);
    if (code.position() - begin != length) {
      throw new IllegalArgumentException(
          "has a subtree of %d bytes that should be %d".formatted(code.position() - begin, length));
    }
    return left;
  }

  private TreeNode right(int kind, int parent, int depth) {
    if (kind == LEAF) {
      return leaf(weights.rightWeight(parent));
    }
    if (kind != 0) {
      throw new IllegalArgumentException("has a right child of unknown kind " + kind);
    }
    return split(weights.rightNumber(parent), depth + 1);
  }

  private float threshold(int flags, int column) {
    if ((flags & SPLIT_KIND) != 0) {
      throw new IllegalArgumentException(
          "splits the column "
              + features.get(column)
              + " by categories; only numeric splits are supported");
    }
    float threshold = code.getFloat();
    if (Float.isNaN(threshold)) {
      throw new IllegalArgumentException("splits " + features.get(column) + " at NaN");
    }
    return threshold;
  }

  /** The length of a left subtree, which takes one to four bytes. */
  private int length(int kind) {
    if (kind >= MAX_LENGTH_BYTES) {
      throw new IllegalArgumentException("has a left child of unknown kind " + kind);
    }
    int length = 0;
    for (int index = 0; index <= kind; index++) {
      length |= Byte.toUnsignedInt(code.get()) << (8 * index);
    }
    return length;
  }

  private static Missing missing(int direction) {
    return switch (direction) {
      case MISSING_ALONE_RIGHT -> Missing.ALONE_RIGHT;
      case MISSING_LEFT, LEFT -> Missing.LEFT;
      case MISSING_RIGHT, RIGHT -> Missing.RIGHT;
      default ->
          throw new IllegalArgumentException(
              "sends missing values in the unknown direction " + direction);
    };
  }
}
