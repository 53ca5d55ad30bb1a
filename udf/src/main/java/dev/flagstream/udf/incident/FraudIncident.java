package dev.flagstream.udf.incident;

import dev.flagstream.udf.Catalogue;
import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.data.Struct;

/**
 * FRAUD_INCIDENT: which incident a card's flagged transaction belongs to, and whether it is worth
 * an alert. Thread-safe once configured: all that changes is in the state it is given.
 *
 * <p>The state is the card's latest incidents, at most {@value #KEPT}; that of the row which came
 * last is the first of them. A transaction that belongs to one older than these opens a new one.
 */
@UdafDescription(
    name = "FRAUD_INCIDENT",
    description =
        "The incident that a card's flagged transaction belongs to: those of a card that are no"
            + " further apart than ksql.functions.fraud_incident.gap.ms (30 minutes), late ones"
            + " included. Its ALERT is OPENED for the first transaction of an incident, ESCALATED"
            + " where the expected loss reaches a higher severity"
            + " (ksql.functions.fraud_incident.severity.medium, high, critical: 100, 500, 2000),"
            + " and NULL for the others, which SUPPRESSED counts.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public final class FraudIncident implements Udaf<Struct, List<Struct>, Struct>, Configurable {

  /** How many incidents of a card are remembered. */
  static final int KEPT = 8;

  private volatile IncidentSettings settings = IncidentSettings.DEFAULTS;

  private FraudIncident() {}

  @UdafFactory(
      description = "For GROUP BY the card, over flagged transactions. NULL before the first one.",
      paramSchema = IncidentTransaction.STRUCT,
      aggregateSchema = "ARRAY<" + Incident.STRUCT + ">",
      returnSchema = Incident.STRUCT)
  public static Udaf<Struct, List<Struct>, Struct> fraudIncident() {
    return new FraudIncident();
  }

  @Override
  public void configure(Map<String, ?> configs) {
    settings = IncidentSettings.configured(configs);
  }

  @Override
  public List<Struct> initialize() {
    return List.of();
  }

  /**
   * NULL only makes all incidents quiet; a row with neither id nor amount asks to forget all of
   * them.
   */
  @Override
  public List<Struct> aggregate(Struct current, List<Struct> aggregate) {
    if (IncidentTransaction.isNone(current)) {
      return initialize();
    }
    IncidentTransaction transaction = IncidentTransaction.of(current);
    List<Incident> known = quiet(aggregate);
    return structs(transaction == null ? known : with(transaction, known));
  }

  private List<Incident> with(IncidentTransaction transaction, List<Incident> known) {
    Incident its = null;
    List<Incident> others = new ArrayList<>();
    for (Incident incident : known) {
      if (!incident.takes(transaction.timeMs(), settings.gapMs())) {
        others.add(incident);
      } else {
        its = its == null ? incident : its.joinedWith(incident);
      }
    }
    others.add(
        0,
        its == null ? Incident.openedBy(transaction, settings) : its.with(transaction, settings));
    return latest(others);
  }

  /** For session windows only, which incidents do not need. */
  @Override
  public List<Struct> merge(List<Struct> aggOne, List<Struct> aggTwo) {
    List<Incident> all = quiet(aggTwo);
    quiet(aggOne).forEach(incident -> add(incident, all));
    return structs(latest(all));
  }

  private void add(Incident incident, List<Incident> to) {
    Incident joined = incident;
    for (Incident other : List.copyOf(to)) {
      if (joined.isWithin(settings.gapMs(), other)) {
        to.remove(other);
        joined = joined.joinedWith(other);
      }
    }
    to.add(0, joined);
  }

  @Override
  public Struct map(List<Struct> agg) {
    return agg == null || agg.isEmpty() ? null : agg.get(0);
  }

  private static List<Incident> quiet(List<Struct> state) {
    List<Incident> incidents = new ArrayList<>();
    if (state != null) {
      state.forEach(struct -> incidents.add(Incident.of(struct).quiet()));
    }
    return incidents;
  }

  /** If there are too many, those that ended first are left out; the first of the list stays. */
  private static List<Incident> latest(List<Incident> incidents) {
    while (incidents.size() > KEPT) {
      int oldest = 1;
      for (int i = 2; i < incidents.size(); i++) {
        if (incidents.get(i).latestMs() < incidents.get(oldest).latestMs()) {
          oldest = i;
        }
      }
      incidents.remove(oldest);
    }
    return incidents;
  }

  private static List<Struct> structs(List<Incident> incidents) {
    List<Struct> structs = new ArrayList<>();
    incidents.forEach(incident -> structs.add(incident.toStruct()));
    return structs;
  }
}
