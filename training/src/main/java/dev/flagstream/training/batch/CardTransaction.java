package dev.flagstream.training.batch;

/**
 * What the features of a transaction are made of.
 *
 * @param timeMs event time, epoch milliseconds
 * @param card never {@code null}
 * @param merchant never {@code null}
 * @param category {@code null} if unknown
 * @param country {@code null} if unknown
 * @param lat where the card is, degrees; NaN if unknown
 * @param lon the same
 * @param homeLat where the customer lives, degrees; NaN if unknown
 * @param homeLon the same
 * @param amountCents the amount in hundredths
 * @param customerAge years; NaN if unknown
 * @param locationRisk NaN if unknown
 * @param fraudReportedAtMs when its fraud is reported, epoch milliseconds; {@link #HONEST} if it is
 *     honest
 */
public record CardTransaction(
    long timeMs,
    String card,
    String merchant,
    String category,
    String country,
    double lat,
    double lon,
    double homeLat,
    double homeLon,
    long amountCents,
    double customerAge,
    double locationRisk,
    long fraudReportedAtMs) {

  /** The report time of a transaction that nobody ever reports. */
  public static final long HONEST = Long.MAX_VALUE;

  /** Whether it is a fraud. */
  public boolean fraud() {
    return fraudReportedAtMs != HONEST;
  }
}
