package dev.flagstream.training.h2o;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What came out of a training.
 *
 * @param mojo the zip
 * @param features the model's features in the MOJO's order; constant ones may be left out by H2O
 * @param importance share of each feature, most important first; empty where the algorithm tells
 *     none
 * @param scores of each table that was to be scored, raw, by genmodel
 */
public record TrainedModel(
    Path mojo, List<String> features, Map<String, Double> importance, List<double[]> scores) {}
