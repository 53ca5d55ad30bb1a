package dev.flagstream.reliability;

/**
 * One thing that is done to the pipeline.
 *
 * @param kind what is done
 * @param part the part it is done to; at a named point the one that is killed
 * @param other a second part that is hit at the same moment; null if there is none
 * @param afterMs milliseconds after the pipeline has caught up with the fault before
 * @param lastsMs milliseconds for which a pause lasts, or a part stays away
 */
record Fault(Kind kind, Part part, Part other, long afterMs, long lastsMs) {

  /** What is done, at a random moment or at a named point. */
  enum Kind {
    KILL("kill -9", false),
    PAUSE("SIGSTOP, SIGCONT", false),
    RESTART("SIGTERM and start", false),
    TWO_AT_ONCE("kill -9 of two at once", false),
    SLOWED("a tenth of its speed", false),
    DISK_FULL("full disk", false),
    SINK_BEFORE_COMMIT("between MongoDB's acknowledgement and the offset commit", true),
    TRANSACTION_OPEN("within a transaction of the queries", true),
    STORE_RESTORED("while state stores are restored", true),
    CONNECTOR_RECONFIGURED("while a connector is reconfigured", true),
    UDF_REPLACED("while the UDF jar is replaced", true),
    DURING_LEDGER("during the ledger", true);

    private final String words;
    private final boolean named;

    Kind(String words, boolean named) {
      this.words = words;
      this.named = named;
    }

    String words() {
      return words;
    }

    /** Whether it happens at a named point rather than at a random moment. */
    boolean isNamed() {
      return named;
    }
  }

  /** What it is, for the report and the screen. */
  String words() {
    return kind.words() + ": " + part.title() + (other == null ? "" : " and " + other.title());
  }
}
