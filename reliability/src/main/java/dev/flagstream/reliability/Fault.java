package dev.flagstream.reliability;

/**
 * One thing that is done to the pipeline.
 *
 * @param kind what is done
 * @param part the part it is done to; at a named point the one that is killed
 * @param other a second part that is hit at the same moment, or the one from which a network cuts
 *     the first off; null if there is none
 * @param afterMs milliseconds after the pipeline has caught up with the fault before
 * @param lastsMs milliseconds for which a pause lasts, or a part stays away
 * @param byMs by how many milliseconds a clock is wrong, ahead if that is positive, or how many an
 *     answer takes longer; 0 where that means nothing
 */
record Fault(Kind kind, Part part, Part other, long afterMs, long lastsMs, long byMs) {

  /** A fault in which nothing is wrong by an amount. */
  Fault(Kind kind, Part part, Part other, long afterMs, long lastsMs) {
    this(kind, part, other, afterMs, lastsMs, 0);
  }

  /** What is done, at a random moment or at a named point. */
  enum Kind {
    KILL("kill -9", false),
    PAUSE("SIGSTOP, SIGCONT", false),
    RESTART("SIGTERM and start", false),
    TWO_AT_ONCE("kill -9 of two at once", false),
    SLOWED("a tenth of its speed", false),
    DISK_FULL("full disk", false),
    CLOCK_AHEAD("clock set ahead and back", false),
    CLOCK_BEHIND("clock set back and ahead", false),
    CUT("network cut, and all passed on afterwards", false),
    CUT_RESET("network cut, and connections reset afterwards", false),
    SLOW_ANSWERS("answers late", false),
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

    /** Whether clocks of processes are set. */
    boolean isOfClock() {
      return this == CLOCK_AHEAD || this == CLOCK_BEHIND;
    }

    /** Whether it is done to what lies between two parts, both of which live on. */
    boolean isOfNetwork() {
      return this == CUT || this == CUT_RESET || this == SLOW_ANSWERS;
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
