/** What a decision costs in each sink, beside the others. */
package dev.flagstream.benchmarks.sinks;
