package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.RandomStream;
import dev.flagstream.generator.population.Seed;
import java.util.Optional;

/**
 * Which merchants are compromised, and when: a function of merchant and time. Time is cut into
 * spans of 60 days, at other instants for each merchant; in a span a merchant is compromised once
 * or not at all, and the spell lies wholly within it. Serves one thread.
 */
final class TamperedTerminals {

  private static final long MS_PER_DAY = 86_400_000;
  private static final long SPAN_DAYS = 60;
  private static final long SPAN_MS = SPAN_DAYS * MS_PER_DAY;

  private final CompromisedMerchant fraud;
  private final long seed;
  private final double spellProbability;
  private final RandomStream lookup = new RandomStream();

  /**
   * The spells of all merchants.
   *
   * @param shareOfTime how much of its time a merchant is compromised, on average
   */
  TamperedTerminals(CompromisedMerchant fraud, Seed seed, double shareOfTime) {
    this.fraud = fraud;
    this.seed = seed.of("tampered").value();
    this.spellProbability = shareOfTime * SPAN_DAYS / fraud.days().mean();
    Fraud.require(
        spellProbability <= 1,
        fraud.scenario(),
        "there are not enough merchants for the share; it must be smaller",
        fraud.share());
  }

  /** Whether a merchant is compromised at an instant. */
  boolean isTampered(int merchant, long timeMs) {
    long phaseMs = Math.floorMod(Seed.mixed(seed, merchant), SPAN_MS);
    long span = Math.floorDiv(timeMs - phaseMs, SPAN_MS);
    lookup.startAt(Seed.mixed(seed, merchant, span));
    if (lookup.nextDouble() >= spellProbability) {
      return false;
    }
    long lengthMs = (long) (fraud.days().draw(lookup) * MS_PER_DAY);
    long beginMs =
        span * SPAN_MS + phaseMs + (long) lookup.between(0, (double) (SPAN_MS - lengthMs));
    return timeMs >= beginMs && timeMs < beginMs + lengthMs;
  }

  /** The purchase that a tampered terminal makes of an honest one. */
  Purchase charge(Purchase honest, RandomStream random) {
    if (!honest.merchant().category().hasTerminal()
        || !isTampered(honest.merchant().index(), honest.timeMs())
        || random.nextDouble() >= fraud.shareOfMerchant()) {
      return honest;
    }
    return Purchase.inPerson(
        honest.timeMs(),
        honest.customer(),
        honest.card(),
        honest.merchant(),
        Amounts.limited(honest.amountCents() * fraud.markup().draw(random)),
        Optional.of(fraud.scenario()));
  }
}
