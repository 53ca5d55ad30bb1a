package dev.flagstream.dashboard.cases;

/** Names of the store's collections, as connect/*.json give them. */
public final class StoreNames {

  public static final String DATABASE = "flagstream";
  public static final String FLAGGED = "flagged_transactions";
  public static final String SCORED = "scored_transactions";
  public static final String BY_CATEGORY = "flagged_by_category_10s";

  private StoreNames() {}
}
