/** What the generator costs: the simulation alone, and into the broker. */
package dev.flagstream.benchmarks.generator;
