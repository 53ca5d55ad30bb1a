package dev.flagstream.benchmarks.store;

/** What is measured of a store, in the order in which it happens. */
enum Measure {
  NEW("upserts of new decisions, documents/s", "%,.0f"),
  NEW_CPU("  CPU µs of the store each", "%.1f"),
  AGAIN("upserts of changed ones, documents/s", "%,.0f"),
  AGAIN_CPU("  CPU µs of the store each", "%.1f"),
  COUNT("countDocuments(), ms", "%,.1f"),
  WINDOWS("10-second windows over all, ms", "%,.0f"),
  INDEX("index on event_time made, ms", "%,.0f"),
  FIND("10 s of event time, newest 10, ms", "%,.2f"),
  SCAN("scan of all, documents/s", "%,.0f"),
  BESIDE("upserts beside scans, documents/s", "%,.0f"),
  SCAN_BESIDE("  scans beside them, documents/s", "%,.0f"),
  LONGEST("  longest batch of 1,000 upserts, ms", "%,.0f"),
  FAILED("  scans that failed", "%.0f"),
  HEAP("heap after a full collection, MiB", "%,.0f"),
  PEAK("most memory resident, MiB", "%,.0f");

  private final String label;
  private final String format;

  Measure(String label, String format) {
    this.label = label;
    this.format = format;
  }

  String label() {
    return label;
  }

  String format() {
    return format;
  }
}
