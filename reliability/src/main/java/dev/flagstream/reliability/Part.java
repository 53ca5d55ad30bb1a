package dev.flagstream.reliability;

/** What can be killed: a process each. */
enum Part {
  BROKER("broker", 320),
  STORE("store", 256),
  SQL("sql", 448),
  CONNECT("connect", 320),
  GENERATOR("generate", 256);

  private final String command;
  private final int heapMb;

  Part(String command, int heapMb) {
    this.command = command;
    this.heapMb = heapMb;
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
      case SQL -> "SQL server";
      case CONNECT -> "Connect worker";
      case GENERATOR -> "generator";
    };
  }
}
