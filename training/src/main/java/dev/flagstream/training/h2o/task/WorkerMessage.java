package dev.flagstream.training.h2o.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * A line that the H2O process writes: some with {@code progress}, the last with {@code features} or
 * {@code error}.
 *
 * @param progress the share that is done, 0 to 1
 * @param features the model's features in the MOJO's order
 * @param importance share of each feature in what the model decides; empty where the algorithm
 *     tells none
 * @param error why it could not be done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerMessage(
    Double progress, List<String> features, Map<String, Double> importance, String error) {

  /** How far the training is: a share from 0 to 1. */
  public static WorkerMessage progress(double share) {
    return new WorkerMessage(share, null, null, null);
  }

  /** The model is trained; its file is where the task said. */
  public static WorkerMessage done(List<String> features, Map<String, Double> importance) {
    return new WorkerMessage(null, features, importance, null);
  }

  /** H2O could not train, for the reason given; the worker ends. */
  public static WorkerMessage failed(String error) {
    return new WorkerMessage(null, null, null, error);
  }
}
