package dev.flagstream.benchmarks.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What grows, while all else stays. */
enum ScaleAxis {
  CARDS("cards"),
  EVENTS("payments of a card within 30 days"),
  PARTITIONS("partitions"),
  SERVERS("servers");

  /**
   * What partitions and servers are measured with. The JVM compiles for the first minute; only then
   * does a transaction cost what it goes on to cost.
   */
  private static final ScaleSetup BASE = new ScaleSetup(5_000, 30, 4, 1, 400_000, 100_000);

  private static final ScaleSetup QUICK_BASE = new ScaleSetup(400, 10, 4, 1, 2_000, 4_000);

  /** On the axis of events: cards times payments, so that all lines have as much state. */
  private static final int PAYMENTS = 80_000;

  /** From so many payments on each transaction writes so much state that fewer must do. */
  private static final int MANY_PAYMENTS = 5_000;

  private final String words;

  ScaleAxis(String words) {
    this.words = words;
  }

  /** What grows, in words, in the plural. */
  String words() {
    return words;
  }

  /** Where a line is on this axis: what was reached, not what was wanted. */
  double value(ScaleResult result) {
    return switch (this) {
      case CARDS -> result.cards();
      case EVENTS -> result.payments();
      case PARTITIONS -> result.setup().partitions();
      case SERVERS -> result.setup().servers();
    };
  }

  /** Where a line is meant to be on this axis. */
  long wanted(ScaleSetup setup) {
    return switch (this) {
      case CARDS -> setup.cards();
      case EVENTS -> setup.payments();
      case PARTITIONS -> setup.partitions();
      case SERVERS -> setup.servers();
    };
  }

  /** What a line of all axes costs as usual, with which needs are reckoned. */
  static ScaleSetup base(boolean quick) {
    return quick ? QUICK_BASE : BASE;
  }

  /**
   * The lines, in the order of their values.
   *
   * @param quick few and small ones, to see that all works
   */
  List<ScaleSetup> setups(boolean quick) {
    ScaleSetup base = base(quick);
    List<ScaleSetup> setups = new ArrayList<>();
    switch (this) {
      case CARDS -> {
        for (int cards :
            quick ? List.of(400, 4_000) : List.of(10_000, 100_000, 1_000_000, 10_000_000)) {
          setups.add(new ScaleSetup(cards, 1, 4, 1, base.warmUp(), base.transactions()));
        }
      }
      case EVENTS -> {
        for (int payments : quick ? List.of(10, 100) : List.of(10, 100, 1_000, 10_000)) {
          setups.add(
              new ScaleSetup(
                  (quick ? base.cards() * base.payments() : PAYMENTS) / payments,
                  payments,
                  4,
                  1,
                  payments < MANY_PAYMENTS ? base.warmUp() : base.warmUp() / 8,
                  payments < MANY_PAYMENTS ? base.transactions() : base.transactions() / 4));
        }
      }
      case PARTITIONS -> {
        for (int partitions : quick ? List.of(1, 4) : List.of(1, 2, 4, 8, 16)) {
          setups.add(base.withPartitions(partitions));
        }
      }
      case SERVERS -> {
        for (int servers : List.of(1, 2)) {
          setups.add(base.withServers(servers));
        }
      }
    }
    return setups;
  }

  /** As on the command line: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
