package dev.flagstream.reliability;

import dev.flagstream.local.settings.StackSettings;
import java.util.List;
import java.util.stream.Stream;

/** What can be killed: a process each. */
enum Part {
  BROKER("broker", 320),
  STORE("store", 256),

  /** PostgreSQL and what watches over it; only where decisions are rows, too. */
  ROWS("postgresql", 64),
  SQL("sql", 448),
  CONNECT("connect", 320),
  GENERATOR("generate", 256);

  private final String command;
  private final int heapMb;

  Part(String command, int heapMb) {
    this.command = command;
    this.heapMb = heapMb;
  }

  /** The parts of a pipeline, in an order in which each finds what it needs. */
  static List<Part> of(StackSettings settings) {
    return Stream.of(values())
        .filter(part -> part != ROWS || settings.sqlStore().isPresent())
        .toList();
  }

  /** The command of the local stack that runs it. */
  String command() {
    return command;
  }

  /** The heap it gets, in MiB. */
  int heapMb() {
    return heapMb;
  }

  /** For sentences. */
  String title() {
    return switch (this) {
      case BROKER -> "broker";
      case STORE -> "store";
      case ROWS -> "PostgreSQL";
      case SQL -> "SQL server";
      case CONNECT -> "Connect worker";
      case GENERATOR -> "generator";
    };
  }
}
