package dev.flagstream.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a connector is, as its worker says. Immutable.
 *
 * @param state of the connector itself, such as RUNNING, PAUSED or FAILED; empty if the worker does
 *     not know it yet
 * @param tasks the states of its tasks, in their order
 * @param topics that it is configured to read; none if it is told a pattern, or is no sink
 * @param failure the reason, in one line, if it or a task of it has failed
 */
public record ConnectorState(
    String state, List<String> tasks, Set<String> topics, Optional<String> failure) {

  public ConnectorState {
    tasks = List.copyOf(tasks);
    topics = Set.copyOf(topics);
  }
}
