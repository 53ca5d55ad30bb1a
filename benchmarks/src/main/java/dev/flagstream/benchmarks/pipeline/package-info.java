/**
 * Measures what a transaction costs in the project's own SQL pipeline: script by script, and how it
 * grows with cards, payments of a card, partitions and servers.
 */
package dev.flagstream.benchmarks.pipeline;
