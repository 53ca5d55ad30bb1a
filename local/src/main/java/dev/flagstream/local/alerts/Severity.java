package dev.flagstream.local.alerts;

/** How bad an incident is, by its expected loss, in the words of the topic; from the least on. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
