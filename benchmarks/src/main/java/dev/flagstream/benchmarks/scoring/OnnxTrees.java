package dev.flagstream.benchmarks.scoring;

import hex.genmodel.algos.tree.SharedTreeGraph;
import hex.genmodel.algos.tree.SharedTreeNode;
import hex.genmodel.algos.tree.SharedTreeSubgraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Trees as ONNX's {@code TreeEnsembleRegressor}, whose output is the sum of the leaves. All splits
 * are of one kind, less-than, for which ONNX Runtime has its fast path.
 */
final class OnnxTrees {

  private final List<Integer> treeIds = new ArrayList<>();
  private final List<Integer> nodeIds = new ArrayList<>();
  private final List<Integer> featureIds = new ArrayList<>();
  private final List<Float> values = new ArrayList<>();
  private final List<String> modes = new ArrayList<>();
  private final List<Integer> lessIds = new ArrayList<>();
  private final List<Integer> otherIds = new ArrayList<>();
  private final List<Integer> missingIsLess = new ArrayList<>();

  private final List<Integer> leafTreeIds = new ArrayList<>();
  private final List<Integer> leafNodeIds = new ArrayList<>();
  private final List<Integer> leafTargets = new ArrayList<>();
  private final List<Float> leafValues = new ArrayList<>();

  private int nodesOfTree;

  private OnnxTrees() {}

  static OnnxFile of(SharedTreeGraph graph, int features) {
    OnnxTrees trees = new OnnxTrees();
    for (SharedTreeSubgraph tree : graph.subgraphArray) {
      trees.nodesOfTree = 0;
      trees.add(tree.subgraphNumber, tree.rootNode);
    }
    return trees.file(features);
  }

  /** Adds a node and those below it, and returns its id. */
  private int add(int tree, SharedTreeNode node) {
    int id = nodesOfTree++;
    int index = nodeIds.size();
    treeIds.add(tree);
    nodeIds.add(id);
    featureIds.add(Math.max(0, node.getColId()));
    values.add(node.isNaVsRest() ? Float.POSITIVE_INFINITY : node.getSplitValue());
    modes.add(node.isLeaf() ? "LEAF" : "BRANCH_LT");
    missingIsLess.add(node.isLeftward() ? 1 : 0);
    lessIds.add(0);
    otherIds.add(0);
    if (node.isLeaf()) {
      values.set(index, 0f);
      leafTreeIds.add(tree);
      leafNodeIds.add(id);
      leafTargets.add(0);
      leafValues.add(node.getPredValue());
    } else {
      lessIds.set(index, add(tree, node.getLeftChild()));
      otherIds.set(index, add(tree, node.getRightChild()));
    }
    return id;
  }

  private OnnxFile file(int features) {
    return new OnnxFile("TreeEnsembleRegressor", features)
        .with("n_targets", 1)
        .with("aggregate_function", "SUM")
        .with("post_transform", "NONE")
        .withInts("nodes_treeids", treeIds)
        .withInts("nodes_nodeids", nodeIds)
        .withInts("nodes_featureids", featureIds)
        .withFloats("nodes_values", values)
        .withStrings("nodes_modes", modes)
        .withInts("nodes_truenodeids", lessIds)
        .withInts("nodes_falsenodeids", otherIds)
        .withInts("nodes_missing_value_tracks_true", missingIsLess)
        .withInts("target_treeids", leafTreeIds)
        .withInts("target_nodeids", leafNodeIds)
        .withInts("target_ids", leafTargets)
        .withFloats("target_weights", leafValues);
  }
}
