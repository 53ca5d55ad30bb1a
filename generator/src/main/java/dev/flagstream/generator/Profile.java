package dev.flagstream.generator;

/** Which simulation. */
enum Profile {
  /** The project's own world. */
  DEFAULT,
  /** The Fraud Detection Handbook's simulator. */
  HANDBOOK
}
