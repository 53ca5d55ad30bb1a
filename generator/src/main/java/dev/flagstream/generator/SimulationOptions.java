package dev.flagstream.generator;

import dev.flagstream.generator.simulation.Rate;
import dev.flagstream.generator.simulation.Rhythm;
import dev.flagstream.generator.simulation.SimulationParameters;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that decide which transactions are made. */
final class SimulationOptions {

  private static final long LARGEST_DRAWN_SEED = 1_000_000_000L;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description =
          "The number everything random follows from: same options, same transactions. Default:"
              + " drawn, and printed.")
  private Long seed;

  @Option(
      names = "--start-time",
      paramLabel = "TIME",
      defaultValue = "2026-01-01T00:00:00Z",
      converter = StartTimeConverter.class,
      description =
          "Event time of the beginning, in ISO 8601 with time zone, or 'now' for live use."
              + " Default: ${DEFAULT-VALUE}.")
  private StartTime startTime;

  @Option(
      names = "--customers",
      paramLabel = "N",
      description =
          "How many customers live in the simulation. Default: as many as the rate takes, at one"
              + " or a few transactions a day each.")
  private Integer customers;

  @Option(
      names = "--merchants",
      paramLabel = "N",
      defaultValue = "20000",
      description = "How many merchants there are. Default: ${DEFAULT-VALUE}.")
  private int merchants;

  /** The given seed, or one drawn now: short, as people will type it again. */
  long seedOrDrawn() {
    if (seed == null) {
      seed = ThreadLocalRandom.current().nextLong(1, LARGEST_DRAWN_SEED);
    }
    return seed;
  }

  /** The given instant, or the instant of this call for {@code now}. */
  Instant resolveStartTime() {
    return startTime.fixed().orElseGet(Instant::now);
  }

  /**
   * The world to simulate at a rate.
   *
   * @throws IllegalArgumentException if there cannot be such a world
   */
  SimulationParameters parameters(Rate rate) {
    SimulationParameters atRate =
        SimulationParameters.atRate(seedOrDrawn(), rate.perSecond())
            .withMerchants(merchants)
            .withRhythm(Rhythm.EVEN);
    return customers == null ? atRate : atRate.withCustomers(customers);
  }

  /** A start of event time; empty means now. */
  record StartTime(Optional<Instant> fixed) {}

  static final class StartTimeConverter implements ITypeConverter<StartTime> {
    @Override
    public StartTime convert(String text) {
      if (text.equalsIgnoreCase("now")) {
        return new StartTime(Optional.empty());
      }
      try {
        return new StartTime(Optional.of(Instant.parse(text)));
      } catch (java.time.format.DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + text + "' is neither 'now' nor an instant such as 2026-01-01T00:00:00Z");
      }
    }
  }

  static final class RateConverter implements ITypeConverter<Rate> {
    @Override
    public Rate convert(String text) {
      try {
        return Rate.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
