package dev.flagstream.local.settings;

/** Names that the local stack and docker-compose.yml must agree on. */
public final class Environment {

  /** Every part of the local stack listens here and nowhere else. */
  public static final String LOOPBACK = "127.0.0.1";

  public static final String INPUT_TOPIC = "credit_card_transactions";
  public static final String SCORED_TOPIC = "scored_transactions";
  public static final String FLAGGED_TOPIC = "flagged_transactions";
  public static final String ALERTS_TOPIC = "fraud_alerts";
  public static final String REJECTED_TOPIC = "rejected_transactions";
  public static final String UNPROCESSED_TOPIC = "unprocessed_records";

  /** The ids of transactions whose documents were removed because a person asked for it. */
  public static final String ERASED_TOPIC = "erased_transactions";

  public static final String LABELS_TOPIC = "fraud_labels";
  public static final String TRUTH_TOPIC = "fraud_truth";

  public static final String DATABASE = "flagstream";
  public static final String FLAGGED_COLLECTION = "flagged_transactions";
  public static final String SCORED_COLLECTION = "scored_transactions";

  private Environment() {}
}
