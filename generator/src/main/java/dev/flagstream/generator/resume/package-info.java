/**
 * How a run that was killed goes on: the topics themselves tell how far it got.
 *
 * <p>The idempotent producer keeps the order of each partition. So the last record of a run in a
 * partition says that this partition holds everything before it, and nothing after it. The run is
 * made again from the time of the least advanced partition, and each partition is given what it
 * lacks.
 */
package dev.flagstream.generator.resume;
