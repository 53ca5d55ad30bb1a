package dev.flagstream.training.h2o;

/** H2O refused a training. */
public final class TrainingException extends RuntimeException {

  /** Says what was refused and why. */
  public TrainingException(String message) {
    super(message);
  }
}
