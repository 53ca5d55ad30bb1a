package dev.flagstream.udf.features;

/** How a transaction whose id the card has used before differs from the earlier one. */
enum Repetition {
  /** Not at all: same time, amount, merchant, category and country. */
  REPEATED(2),

  /** In one of these. */
  REUSED(3);

  private final int kind;

  Repetition(int kind) {
    this.kind = kind;
  }

  /** What stands for it in the head of a card's state. */
  int kind() {
    return kind;
  }

  /** What a kind stands for; null if it is none of these. */
  static Repetition ofKind(int kind) {
    return kind == REPEATED.kind ? REPEATED : kind == REUSED.kind ? REUSED : null;
  }

  /** Why it is not decided, in the form of REJECTION_REASON. */
  String reason() {
    return name() + " transaction_id";
  }
}
