package dev.flagstream.generator.progress;

/** Shows how far a run is. Used by one thread. */
public interface ProgressView extends AutoCloseable {

  /** Shows the state of now; may be called as often as one likes. */
  void show(RunProgress now);

  /** Leaves the terminal as it should be after the last {@link #show}. */
  @Override
  void close();
}
