package dev.flagstream.udf.model;

import dev.flagstream.udf.model.TreeNode.Leaf;
import dev.flagstream.udf.model.TreeNode.Missing;
import dev.flagstream.udf.model.TreeNode.Split;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decision trees laid out for walking: one long a node, all trees stepping down one level per pass,
 * without a branch that depends on the row. So the processor has as many independent loads under
 * way as there are trees, and no decision of a tree is ever guessed wrong.
 *
 * <p>A split is, from the high bits down, the {@linkplain SortableFloat sortable} threshold (32),
 * the slot of its feature (9) and the index of its right child (22); the left child is next to it.
 * In a row's keys each slot holds the feature's value in the place of the threshold above all ones,
 * so that a key is below a node's long exactly if the row goes left, and the sign of their
 * difference, which cannot overflow in 63 bits, is what is added to the right child's index. Each
 * feature has two slots, which differ only where its value is missing: below all thresholds in one,
 * above them in the other.
 *
 * <p>A leaf holds the bits of its value in the place of the threshold, a slot whose key is above
 * all nodes, and itself as right child: stepping past it is harmless.
 *
 * <p>The arrays are as long as powers of two and indices are cut to their length, which costs one
 * instruction and lets the compiler leave out the check of their bounds: a sixth of the time. What
 * is above the child's index in a node need not be cut off before.
 *
 * <p>The heavier child of a node is laid out first, so that paths that are often walked are close
 * together; trees are walked in the order of their depth, so that those still under way are a
 * prefix. Immutable and thread-safe.
 */
final class PackedTrees {

  private static final int CHILD_BITS = 22;
  private static final int SLOT_BITS = 9;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
  private static final int THRESHOLD_SHIFT = CHILD_BITS + SLOT_BITS;
  private static final long BELOW_THRESHOLD = (1L << THRESHOLD_SHIFT) - 1;

  static final int MAX_NODES = 1 << CHILD_BITS;
  static final int MAX_FEATURES = SLOT_MASK / 2;

  /** As long as a power of two. */
  private final long[] nodes;

  /**
   * The same nodes once more, each followed by the bits of how far the mean prediction moves on the
   * step to it, of a root nothing: who asks for both finds them in one line of the cache. Twice as
   * long.
   */
  private final long[] steps;

  private final double sumOfMeans;

  /** The feature of each slot, the constant slot of leaves left out. */
  private final int[] usedFeatures;

  private final int leafSlot;

  /** The roots, deepest tree first. */
  private final int[] roots;

  /** The place in {@link #roots} of each tree in its original order. */
  private final int[] rankOfTree;

  /** How many trees, deepest first, have a level below each level. */
  private final int[] treesDeeperThan;

  private final ThreadLocal<Walk> walkOfThread;

  /**
   * Lays trees out.
   *
   * @param trees in the order in which their predictions are to be added
   * @throws IllegalArgumentException if there are more nodes or features than fit
   */
  PackedTrees(List<TreeNode> trees) {
    int nodeCount = trees.stream().mapToInt(TreeNode::size).sum();
    if (nodeCount > MAX_NODES) {
      throw new IllegalArgumentException(
          "the trees have %d nodes, more than the %d supported: train fewer or less deep trees"
              .formatted(nodeCount, MAX_NODES));
    }
    BitSet used = new BitSet();
    trees.forEach(tree -> collectFeatures(tree, used));
    usedFeatures = used.stream().toArray();
    if (usedFeatures.length > MAX_FEATURES) {
      throw new IllegalArgumentException(
          "the trees use %d features, more than the %d supported"
              .formatted(usedFeatures.length, MAX_FEATURES));
    }
    leafSlot = 2 * usedFeatures.length;
    nodes = new long[powerOfTwo(nodeCount)];
    steps = new long[2 * nodes.length];
    sumOfMeans = trees.stream().mapToDouble(TreeNode::mean).sum();
    roots = new int[trees.size()];
    rankOfTree = new int[trees.size()];
    int[] deepestFirst =
        IntStream.range(0, trees.size())
            .boxed()
            .sorted(Comparator.comparingInt(tree -> -trees.get(tree).depth()))
            .mapToInt(Integer::intValue)
            .toArray();
    Layout layout = new Layout();
    for (int rank = 0; rank < deepestFirst.length; rank++) {
      roots[rank] = layout.place(trees.get(deepestFirst[rank]));
      rankOfTree[deepestFirst[rank]] = rank;
    }
    int depth = trees.stream().mapToInt(TreeNode::depth).max().orElse(0);
    treesDeeperThan = new int[depth];
    for (int level = 0; level < depth; level++) {
      int above = level;
      treesDeeperThan[level] = (int) trees.stream().filter(tree -> tree.depth() > above).count();
    }
    walkOfThread = ThreadLocal.withInitial(() -> new Walk(leafSlot, roots.length));
  }

  private static int powerOfTwo(int atLeast) {
    return atLeast == 1 ? 1 : Integer.highestOneBit(atLeast - 1) << 1;
  }

  private static void collectFeatures(TreeNode node, BitSet features) {
    if (node instanceof Split split) {
      features.set(split.feature());
      collectFeatures(split.left(), features);
      collectFeatures(split.right(), features);
    }
  }

  /** The sum of the trees' predictions, added in their original order. */
  double sum(double[] row) {
    Walk walk = walkOfThread.get();
    long[] keys = walk.keys;
    fillKeys(row, keys);
    int[] at = walk.at;
    System.arraycopy(roots, 0, at, 0, roots.length);
    for (int underWay : treesDeeperThan) {
      for (int tree = 0; tree < underWay; tree++) {
        at[tree] = child(nodes[at[tree] & (nodes.length - 1)], keys);
      }
    }
    double sum = 0;
    for (int rank : rankOfTree) {
      sum += value(nodes[at[rank] & (nodes.length - 1)]);
    }
    return sum;
  }

  /** The sum of the trees' mean predictions. */
  double sumOfMeans() {
    return sumOfMeans;
  }

  /**
   * For each feature, how far the decisions by it on the row's paths moved the mean prediction
   * (path attribution, known as Saabas'), times a scale.
   *
   * @param contributions filled; of features that no tree uses nothing is changed
   * @return what {@link #sum} gives for the row
   */
  double attribute(double[] row, double scale, double[] contributions) {
    Walk walk = walkOfThread.get();
    long[] keys = walk.keys;
    fillKeys(row, keys);
    double[] moved = walk.movedBySlot;
    Arrays.fill(moved, 0);
    int[] at = walk.at;
    System.arraycopy(roots, 0, at, 0, roots.length);
    for (int underWay : treesDeeperThan) {
      for (int tree = 0; tree < underWay; tree++) {
        long node = steps[2 * at[tree] & (steps.length - 1)];
        int next = child(node, keys);
        // Past a leaf this adds to the slot of leaves, which nobody reads.
        moved[(int) (node >>> CHILD_BITS) & (moved.length - 1)] +=
            Double.longBitsToDouble(steps[2 * next + 1 & (steps.length - 1)]);
        at[tree] = next;
      }
    }
    for (int used = 0; used < usedFeatures.length; used++) {
      contributions[usedFeatures[used]] = scale * (moved[2 * used] + moved[2 * used + 1]);
    }
    double sum = 0;
    for (int rank : rankOfTree) {
      sum += value(steps[2 * at[rank] & (steps.length - 1)]);
    }
    return sum;
  }

  private void fillKeys(double[] row, long[] keys) {
    for (int used = 0; used < usedFeatures.length; used++) {
      double value = row[usedFeatures[used]];
      if (Double.isNaN(value)) {
        keys[2 * used] = key(SortableFloat.BELOW_ALL);
        keys[2 * used + 1] = key(SortableFloat.ABOVE_ALL);
      } else {
        long key = key(SortableFloat.floorOf(value));
        keys[2 * used] = key;
        keys[2 * used + 1] = key;
      }
    }
  }

  /** The child that a row goes to, in the low bits. */
  private static int child(long node, long[] keys) {
    long key = keys[(int) (node >>> CHILD_BITS) & (keys.length - 1)];
    return (int) node + (int) ((key - node) >>> 63);
  }

  private static float value(long leaf) {
    return Float.intBitsToFloat((int) (leaf >> THRESHOLD_SHIFT));
  }

  private static long key(int sortable) {
    return (long) sortable << THRESHOLD_SHIFT | BELOW_THRESHOLD;
  }

  private static long node(int threshold, int slot, int child) {
    return (long) threshold << THRESHOLD_SHIFT | (long) slot << CHILD_BITS | child;
  }

  /** The working memory of a thread. */
  private static final class Walk {

    /** By slot; as long as a power of two. */
    private final long[] keys;

    /** Where each tree is: the low bits are the index of a node. */
    private final int[] at;

    private final double[] movedBySlot;

    Walk(int leafSlot, int trees) {
      keys = new long[powerOfTwo(leafSlot + 1)];
      keys[leafSlot] = key(SortableFloat.ABOVE_ALL);
      at = new int[trees];
      movedBySlot = new double[keys.length];
    }
  }

  /** Gives the nodes their places. */
  private final class Layout {

    private int taken;

    /** Lays out a tree and returns the place of its root. */
    int place(TreeNode root) {
      int place = taken++;
      fill(place, root, root.mean());
      return place;
    }

    private void fill(int place, TreeNode node, double meanBefore) {
      steps[2 * place + 1] = Double.doubleToRawLongBits(node.mean() - meanBefore);
      if (node instanceof Split split) {
        int right = taken;
        int left = right + 1;
        taken += 2;
        put(place, node(threshold(split), slotOf(split), right));
        if (split.left().weight() >= split.right().weight()) {
          fill(left, split.left(), split.mean());
          fill(right, split.right(), split.mean());
        } else {
          fill(right, split.right(), split.mean());
          fill(left, split.left(), split.mean());
        }
      } else {
        int bits = Float.floatToRawIntBits(((Leaf) node).value());
        put(place, node(bits, leafSlot, place));
      }
    }

    private void put(int place, long node) {
      nodes[place] = node;
      steps[2 * place] = node;
    }

    private int threshold(Split split) {
      return split.missing() == Missing.ALONE_RIGHT
          ? SortableFloat.ABOVE_ALL
          : SortableFloat.of(split.threshold());
    }

    private int slotOf(Split split) {
      int used = Arrays.binarySearch(usedFeatures, split.feature());
      return split.missing() == Missing.LEFT ? 2 * used : 2 * used + 1;
    }
  }
}
