/** Flink SQL as a process of its own, to be measured beside the other programs. */
package dev.flagstream.benchmarks.flink;
