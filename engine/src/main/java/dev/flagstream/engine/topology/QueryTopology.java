package dev.flagstream.engine.topology;

import dev.flagstream.engine.topology.row.Materialization;
import java.util.Optional;
import org.apache.kafka.streams.Topology;

/**
 * A query as Kafka Streams runs it.
 *
 * @param materialization where the rows of its table can be looked up, if they can
 */
public record QueryTopology(Topology topology, Optional<Materialization> materialization) {}
