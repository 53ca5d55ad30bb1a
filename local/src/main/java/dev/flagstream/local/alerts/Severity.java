package dev.flagstream.local.alerts;

/** How bad an incident is, by its expected loss, in the words of the topic, the least first. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
