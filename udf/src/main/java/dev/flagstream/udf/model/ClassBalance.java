package dev.flagstream.udf.model;

/**
 * How probabilities are put right after training on classes that were over- or undersampled.
 *
 * @param honest how much the share of class 0 in the data is of that in training
 * @param fraud the same for class 1
 */
record ClassBalance(double honest, double fraud) {

  /** The ratio of two shares; 1 if either is 0, since then nothing can be put right. */
  static double ratio(double share, double shareInTraining) {
    return share != 0 && shareInTraining != 0 ? share / shareInTraining : 1;
  }

  /** The corrected probability of class 1. */
  double corrected(double honestProbability, double fraudProbability) {
    double honestPart = honestProbability * honest;
    double fraudPart = fraudProbability * fraud;
    double sum = honestPart + fraudPart;
    return sum > 0 ? fraudPart / sum : fraudPart;
  }
}
