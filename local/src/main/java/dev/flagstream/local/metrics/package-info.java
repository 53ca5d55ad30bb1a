/** What Prometheus is told of a pipeline, and of the process that runs it. */
package dev.flagstream.local.metrics;
