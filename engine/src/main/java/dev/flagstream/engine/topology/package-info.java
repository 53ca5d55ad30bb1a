/** A plan as a topology of Kafka Streams: one builder for each kind of step. */
package dev.flagstream.engine.topology;
