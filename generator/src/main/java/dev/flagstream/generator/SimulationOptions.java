package dev.flagstream.generator;

import dev.flagstream.generator.simulation.Rhythm;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.generator.simulation.handbook.HandbookParameters;
import dev.flagstream.generator.simulation.handbook.HandbookSimulation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that decide which transactions there are. */
final class SimulationOptions {

  private static final long LARGEST_DRAWN_SEED = 1_000_000_000L;
  private static final double DEFAULT_LIVE_RATE = 100;

  @Option(
      names = "--profile",
      paramLabel = "default|handbook",
      defaultValue = "DEFAULT",
      description =
          "handbook: the Fraud Detection Handbook's simulator with its 5000 customers, 10000"
              + " terminals and, if no --from is given, its 183 days from 2018-04-01. Default:"
              + " default.")
  private Profile profile;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description =
          "The number everything random follows from: same options, same transactions. Default:"
              + " drawn, and printed.")
  private Long seed;

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = RateConverter.class,
      description =
          "Transactions per second of event time. The simulation gets as many customers"
              + " as that takes, each with one or a few transactions a day. Default: 100 live;"
              + " for a backfill as many as --customers make.")
  private Double rate;

  @Option(
      names = "--customers",
      paramLabel = "N",
      description =
          "How many customers live in the simulation. Default: as --rate takes; 5000 for a"
              + " backfill without it.")
  private Integer customers;

  @Option(
      names = "--merchants",
      paramLabel = "N",
      description =
          "How many merchants there are. Default: " + SimulationParameters.DEFAULT_MERCHANTS + ".")
  private Integer merchants;

  @Mixin private FraudOptions frauds;

  Profile profile() {
    return profile;
  }

  /** The range of event time that a profile has by itself. */
  Optional<ClockOptions.DefaultRange> defaultRange() {
    return profile == Profile.HANDBOOK
        ? Optional.of(
            new ClockOptions.DefaultRange(
                HandbookParameters.START,
                HandbookParameters.START.plus(Duration.ofDays(HandbookParameters.DAYS))))
        : Optional.empty();
  }

  /** The given seed, or one drawn now: short, as people will type it again. */
  long seedOrDrawn() {
    if (seed == null) {
      seed = ThreadLocalRandom.current().nextLong(1, LARGEST_DRAWN_SEED);
    }
    return seed;
  }

  /**
   * The world that was asked for.
   *
   * @throws IllegalArgumentException if there cannot be such a world
   */
  Simulation simulation(Clock clock) {
    if (profile == Profile.HANDBOOK) {
      requireNoSize();
      return new HandbookSimulation(new HandbookParameters(seedOrDrawn()));
    }
    // A live run keeps its rate at whatever hour one starts it.
    Rhythm rhythm = clock == Clock.LIVE ? Rhythm.EVEN : Rhythm.DAY_AND_NIGHT;
    int merchantsOrDefault = merchants == null ? SimulationParameters.DEFAULT_MERCHANTS : merchants;
    return Simulation.of(
        parameters(clock)
            .withMerchants(merchantsOrDefault)
            .withRhythm(rhythm)
            .withFrauds(frauds.scenarios()));
  }

  private void requireNoSize() {
    if (rate != null || customers != null || merchants != null || frauds.given()) {
      throw new IllegalArgumentException(
          "--profile handbook has the Handbook's own size and frauds: --rate, --customers,"
              + " --merchants and --fraud cannot go with it");
    }
  }

  private SimulationParameters parameters(Clock clock) {
    if (rate == null && clock == Clock.BACKFILL) {
      return SimulationParameters.ofCustomers(
          seedOrDrawn(), customers == null ? SimulationParameters.DEFAULT_CUSTOMERS : customers);
    }
    SimulationParameters atRate =
        SimulationParameters.atRate(seedOrDrawn(), rate == null ? DEFAULT_LIVE_RATE : rate);
    return customers == null ? atRate : atRate.withCustomers(customers);
  }

  static final class RateConverter implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      if (text.equalsIgnoreCase("max")) {
        throw new TypeConversionException(
            "as fast as possible is now --clock backfill --from DATE [--to DATE]");
      }
      try {
        return SimulationParameters.atRate(0, Double.parseDouble(text)).perSecond();
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'" + text + "' is not a rate: give transactions per second, at most 10,000,000");
      }
    }
  }
}
