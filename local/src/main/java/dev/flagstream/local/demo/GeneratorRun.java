package dev.flagstream.local.demo;

import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.KafkaSink;
import dev.flagstream.generator.producer.Schedule;
import dev.flagstream.generator.producer.SendCounts;
import dev.flagstream.generator.producer.TransactionProducer;
import dev.flagstream.generator.simulation.Rate;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.local.StackException;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.Component;
import java.time.Instant;

/** The generator in this process, making transactions of now. */
final class GeneratorRun implements Component {

  private final TransactionProducer producer;

  private GeneratorRun(TransactionProducer producer) {
    this.producer = producer;
  }

  /** Begins to send. */
  static GeneratorRun start(StackSettings settings, Simulation world, Rate rate) {
    var startTime = Instant.now();
    var transactions = SimulatedTransaction.transactions(world.from(startTime));
    var producer =
        new TransactionProducer(
            transactions,
            rate.paced()
                ? Schedule.byEventTime(startTime.toEpochMilli())
                : Schedule.asFastAsPossible(),
            KafkaSink.open(KafkaSettings.of(settings.bootstrapServers()), Environment.INPUT_TOPIC),
            TransactionProducer.Listener.NONE);
    producer.start();
    return new GeneratorRun(producer);
  }

  SendCounts counts() {
    return producer.counts();
  }

  /**
   * Lets nobody wait for transactions that will not come.
   *
   * @throws StackException with the first thing that went wrong, if anything did
   */
  void requireHealthy() {
    producer
        .firstFailure()
        .ifPresent(
            failure -> {
              throw new StackException("The generator failed: " + failure.getMessage(), failure);
            });
  }

  @Override
  public String name() {
    return "generator";
  }

  /** Stops sending and waits until everything sent has an outcome, which the counts then tell. */
  void finish() {
    producer.close();
  }

  @Override
  public void close() {
    finish();
  }
}
