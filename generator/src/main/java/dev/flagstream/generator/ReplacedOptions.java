package dev.flagstream.generator;

import java.util.List;
import picocli.CommandLine.Option;

/** Options of earlier versions: not accepted, but answered with what took their place. */
final class ReplacedOptions {

  @Option(names = "--start-time", hidden = true)
  private String startTime;

  @Option(names = "--cards", hidden = true)
  private String cards;

  @Option(names = "--csv", hidden = true)
  private String csv;

  /**
   * Refuses them.
   *
   * @throws IllegalArgumentException saying what to give instead
   */
  void requireAbsent() {
    refuse(
        startTime,
        "--start-time is now --clock live (for 'now') or --clock backfill --from DATE [--to DATE]");
    refuse(cards, "--cards is gone: each customer has one or several; give --customers");
    refuse(csv, "--csv is now a command of its own: see 'replay --help'");
  }

  private static void refuse(String given, String message) {
    if (given != null) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Their names. */
  static List<String> names() {
    return List.of("--start-time", "--cards", "--csv");
  }
}
