package dev.flagstream.local.health;

import java.util.List;

/**
 * How a part of the pipeline is. Immutable.
 *
 * @param part its name
 * @param address where it answers; empty if it is no server
 * @param state what it holds and does, a fact in each line
 * @param troubles what is unwell; none if it is well
 */
public record PartHealth(String part, String address, List<String> state, List<Trouble> troubles) {

  public PartHealth {
    state = List.copyOf(state);
    troubles = List.copyOf(troubles);
  }

  /**
   * Something unwell.
   *
   * @param what what it is, with the reason that the part itself gives
   * @param advice what to do
   */
  public record Trouble(String what, String advice) {}

  /** A part with nothing unwell. */
  static PartHealth well(String part, String address, String state) {
    return new PartHealth(part, address, List.of(state), List.of());
  }

  /** A part that does not answer. */
  static PartHealth away(String part, String address, Exception problem, String advice) {
    String message = String.valueOf(problem.getMessage());
    String reason = message.lines().findFirst().orElse(message);
    return new PartHealth(
        part,
        address,
        List.of("does not answer"),
        List.of(new Trouble(part + " does not answer: " + reason, advice)));
  }
}
