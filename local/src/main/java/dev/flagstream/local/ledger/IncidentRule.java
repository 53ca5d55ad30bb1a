package dev.flagstream.local.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rule of FRAUD_INCIDENT, written a second time on purpose: the ledger must be able to
 * contradict the UDF, so it shares no code with it.
 *
 * @param gapMs how far apart flagged transactions of an incident are at most
 * @param limits the expected losses from which on an incident is MEDIUM, HIGH and CRITICAL
 */
record IncidentRule(long gapMs, List<BigDecimal> limits) {

  /** So many incidents of a card are remembered. */
  private static final int REMEMBERED = 8;

  private static final List<String> SEVERITIES = List.of("LOW", "MEDIUM", "HIGH", "CRITICAL");

  IncidentRule {
    limits = List.copyOf(limits);
  }

  /**
   * A flagged transaction.
   *
   * @param probability of fraud; null if no model judged
   */
  record Flagged(String id, long timeMs, BigDecimal amount, Double probability) {

    /** In cents, half a cent to the even one; all of the amount if no model judged. */
    private BigDecimal loss() {
      BigDecimal share =
          probability == null || probability.isNaN() || probability.isInfinite()
              ? BigDecimal.ONE
              : BigDecimal.valueOf(Math.max(0, Math.min(1, probability)));
      return amount.multiply(share).setScale(2, RoundingMode.HALF_EVEN);
    }
  }

  /**
   * What an incident is after a flagged transaction.
   *
   * @param suppressed transactions since the last alert that are only counted
   * @param told OPENED or ESCALATED if an alert is due; empty if the transaction is only counted
   */
  record Outcome(
      String incident,
      long transactions,
      long suppressed,
      BigDecimal amount,
      BigDecimal loss,
      String severity,
      String told) {

    /** The id of the alert, if one is due. */
    String alertId() {
      return incident + "|" + severity;
    }

    /** Whether both are the same, to the cent. */
    boolean agreesWith(Outcome other) {
      return incident.equals(other.incident)
          && transactions == other.transactions
          && suppressed == other.suppressed
          && amount.compareTo(other.amount) == 0
          && loss.compareTo(other.loss) == 0
          && severity.equals(other.severity)
          && told.equals(other.told);
    }
  }

  /** The rule as the SQL server's properties set it. */
  static IncidentRule configured(Map<String, String> sqlProperties) {
    return new IncidentRule(
        Long.parseLong(setting(sqlProperties, "gap.ms", "1800000")),
        List.of(
            new BigDecimal(setting(sqlProperties, "severity.medium", "100.00")),
            new BigDecimal(setting(sqlProperties, "severity.high", "500.00")),
            new BigDecimal(setting(sqlProperties, "severity.critical", "2000.00"))));
  }

  private static String setting(Map<String, String> properties, String key, String otherwise) {
    String forAll = properties.getOrDefault("ksql.functions._global_." + key, otherwise);
    return properties.getOrDefault("ksql.functions.fraud_incident." + key, forAll).strip();
  }

  private int severityOf(BigDecimal loss) {
    return (int) limits.stream().filter(limit -> loss.compareTo(limit) >= 0).count();
  }

  /**
   * The incidents of one card, in the order in which its transactions were flagged.
   *
   * @param incidents those that there are already; they may change
   */
  Card card(List<Incident> incidents) {
    return new Card(this, incidents);
  }

  /** The incidents of one card. For one thread. */
  static final class Card {

    private final IncidentRule rule;

    /** The one of the latest transaction first. */
    private final List<Incident> incidents;

    private Card(IncidentRule rule, List<Incident> incidents) {
      this.rule = rule;
      this.incidents = new ArrayList<>(incidents);
    }

    /** What there is of them now. */
    List<Incident> incidents() {
      return List.copyOf(incidents);
    }

    /** Adds a transaction that was flagged after all those before. */
    Outcome add(Flagged transaction) {
      Incident its = null;
      List<Incident> others = new ArrayList<>();
      for (Incident each : incidents) {
        if (transaction.timeMs() < each.fromMs - rule.gapMs()
            || transaction.timeMs() > each.toMs + rule.gapMs()) {
          others.add(each);
        } else if (its == null) {
          its = each;
        } else {
          its.take(each);
        }
      }
      boolean opened = its == null;
      if (opened) {
        its = new Incident(transaction);
      }
      int before = opened ? -1 : its.severity;
      its.add(transaction);
      its.severity = Math.max(its.severity, rule.severityOf(its.loss));
      boolean told = its.severity > before;
      if (!told) {
        its.suppressed++;
      }
      Outcome outcome =
          new Outcome(
              its.id,
              its.transactions,
              its.suppressed,
              its.amount,
              its.loss,
              SEVERITIES.get(its.severity),
              !told ? "" : opened ? "OPENED" : "ESCALATED");
      if (told) {
        its.suppressed = 0;
      }
      incidents.clear();
      incidents.add(its);
      incidents.addAll(others);
      forgetTheOldest();
      return outcome;
    }

    private void forgetTheOldest() {
      while (incidents.size() > REMEMBERED) {
        Incident oldest = incidents.get(1);
        for (Incident each : incidents.subList(2, incidents.size())) {
          if (each.toMs < oldest.toMs) {
            oldest = each;
          }
        }
        incidents.remove(oldest);
      }
    }
  }

  /** By identity: two incidents of a card are never the same one. */
  static final class Incident {

    private String id;
    private long fromMs;
    private long toMs;
    private long transactions;
    private long suppressed;
    private BigDecimal amount = BigDecimal.ZERO;
    private BigDecimal loss = BigDecimal.ZERO;
    private int severity;

    /** One that is read by its fields. */
    @JsonCreator
    private Incident() {}

    private Incident(Flagged first) {
      id = first.id();
      fromMs = first.timeMs();
      toMs = first.timeMs();
    }

    private void add(Flagged transaction) {
      fromMs = Math.min(fromMs, transaction.timeMs());
      toMs = Math.max(toMs, transaction.timeMs());
      transactions++;
      amount = amount.add(transaction.amount());
      loss = loss.add(transaction.loss());
    }

    /** A late transaction lies between both. */
    private void take(Incident other) {
      id = fromMs <= other.fromMs ? id : other.id;
      fromMs = Math.min(fromMs, other.fromMs);
      toMs = Math.max(toMs, other.toMs);
      transactions += other.transactions;
      suppressed += other.suppressed;
      amount = amount.add(other.amount);
      loss = loss.add(other.loss);
      severity = Math.max(severity, other.severity);
    }
  }
}
