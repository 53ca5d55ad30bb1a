package dev.flagstream.engine.conformance.transcripts;

import java.util.List;

/**
 * What became of one file.
 *
 * @param remarks the differences, or why it was skipped
 */
public record Outcome(String name, Kind kind, List<String> remarks) {

  /** How a file came out. */
  public enum Kind {
    SAME,
    DIFFERENT,
    SKIPPED
  }

  public Outcome {
    remarks = List.copyOf(remarks);
  }

  static Outcome of(String name, List<String> differences) {
    return differences.isEmpty()
        ? new Outcome(name, Kind.SAME, List.of())
        : different(name, differences);
  }

  static Outcome different(String name, List<String> differences) {
    return new Outcome(name, Kind.DIFFERENT, differences);
  }

  static Outcome skipped(String name, String reason) {
    return new Outcome(name, Kind.SKIPPED, List.of(reason));
  }

  /** What became of it and its name, and why it was skipped if it was. */
  public String line() {
    return switch (kind) {
      case SAME -> "same       " + name;
      case DIFFERENT -> "DIFFERENT  " + name;
      case SKIPPED -> "skipped    " + name + " (" + remarks.get(0) + ")";
    };
  }
}
