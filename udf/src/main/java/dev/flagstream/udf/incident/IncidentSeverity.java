package dev.flagstream.udf.incident;

/** How bad an incident is, by its expected loss; from the least on. */
enum IncidentSeverity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
