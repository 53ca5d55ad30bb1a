package dev.flagstream.local.demo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.generator.simulation.Rate;
import dev.flagstream.generator.simulation.Rhythm;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.local.component.StopSignal;
import dev.flagstream.local.flow.CurrentWindow;
import dev.flagstream.local.flow.FlowMonitor;
import dev.flagstream.local.latency.LatencyFigures;
import dev.flagstream.local.latency.LatencyMonitor;
import dev.flagstream.local.ledger.DeadLetters;
import dev.flagstream.local.ledger.Findings;
import dev.flagstream.local.metrics.MetricsEndpoint;
import dev.flagstream.local.metrics.RecordCounts;
import dev.flagstream.local.quality.Quality;
import dev.flagstream.local.quality.QualityMonitor;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.PipelineAddresses;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.Stack;
import dev.flagstream.local.view.LiveView;
import dev.flagstream.local.view.Telemetry;
import dev.flagstream.local.view.TelemetryReader;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.bson.Document;

/** The whole pipeline, watched: start, generate, show, and in the end settle and sum up. */
public final class Demo {

  private static final Duration REFRESH = Duration.ofMillis(500);

  /** People wait for the first flagged transaction, and a summary says when it came. */
  private static final Duration REFRESH_UNTIL_FLAGGED = Duration.ofMillis(100);

  private static final double NANOS_PER_SECOND = 1e9;

  private final StackSettings settings;
  private final DemoOptions options;
  private final StopSignal stop;
  private final LiveView view;

  private final Instant startedAt = Instant.now();
  private final long startNanos = System.nanoTime();

  /** Made while the stack starts; null if nothing is to be generated. */
  private final CompletableFuture<Simulation> world;

  private final RunFacts facts = new RunFacts();

  /** For Prometheus. */
  private final RecordCounts counts = new RecordCounts();

  /** Prepares a run that ends when {@code stop} is requested, or after the duration asked for. */
  public Demo(StackSettings settings, DemoOptions options, StopSignal stop, LiveView view) {
    this.settings = settings;
    this.options = options;
    this.stop = stop;
    this.view = view;
    this.world =
        options
            .rate()
            .map(rate -> CompletableFuture.supplyAsync(() -> world(options.seed(), rate)))
            .orElse(null);
  }

  /**
   * Runs until the end and stops every part, in order.
   *
   * @return false if the run had a duration and something is not accounted for
   */
  public boolean run() throws InterruptedException {
    view.say("Starting Flagstream; data in " + settings.data());
    try (Stack stack = Stack.start(settings, view::say, stop::throwIfRequested, stop::note);
        Earlier earlier = Earlier.read(settings);
        MongoClient mongo = MongoClients.create(settings.mongoUri());
        LatencyMonitor latency =
            LatencyMonitor.start(
                mongo
                    .getDatabase(Environment.DATABASE)
                    .getCollection(Environment.SCORED_COLLECTION));
        FlowMonitor monitor =
            FlowMonitor.start(
                settings.kafka(),
                each -> {
                  counts.accept(each);
                  latency.accept(each);
                });
        QualityMonitor quality = QualityMonitor.start(settings.kafka())) {
      facts.ready();
      view.say("Ready: " + stack.addresses());
      try {
        return withDashboard(
            mongo.getDatabase(Environment.DATABASE), earlier, monitor, latency, quality);
      } catch (RuntimeException e) {
        // Before the parts are stopped, one of which may end the process.
        stop.note(e);
        throw e;
      }
    }
  }

  private boolean withDashboard(
      MongoDatabase store,
      Earlier earlier,
      FlowMonitor monitor,
      LatencyMonitor latency,
      QualityMonitor quality)
      throws InterruptedException {
    Beside dashboard = Beside.dashboard(settings, options.dashboard(), view::say);
    Beside metrics =
        Beside.metrics(
            options.metricsPort(),
            new MetricsEndpoint.Sources(
                PipelineAddresses.of(settings),
                ComponentProperties.sqlServiceId(settings),
                settings.jmxRules(),
                counts,
                latency),
            view::say);
    try {
      boolean balanced = watch(store, earlier, monitor, latency, quality);
      if (!stop.isRequested()) {
        view.say("Stopping");
      }
      return balanced;
    } finally {
      metrics.close();
      dashboard.close();
    }
  }

  private boolean watch(
      MongoDatabase store,
      Earlier earlier,
      FlowMonitor monitor,
      LatencyMonitor latency,
      QualityMonitor quality)
      throws InterruptedException {
    MongoCollection<Document> flagged = store.getCollection(Environment.FLAGGED_COLLECTION);
    TelemetryReader telemetry =
        new TelemetryReader(
            monitor,
            flagged::estimatedDocumentCount,
            latency::lately,
            quality::quality,
            startNanos);
    if (world == null) {
      latency.begin(System.currentTimeMillis());
      showUntilTheEnd(
          telemetry,
          () -> {
            monitor.requireHealthy();
            quality.requireHealthy();
          });
      return true;
    }
    Settlement.Baseline before =
        new Settlement.Baseline(
            telemetry.before(),
            earlier.deadLetters(),
            CurrentWindow.startOf(System.currentTimeMillis()));
    long beginNanos = System.nanoTime();
    latency.begin(System.currentTimeMillis() + options.warmUp().toMillis());
    try (GeneratorRun generator =
        GeneratorRun.start(settings, world.join(), options.seed(), options.rate().orElseThrow())) {
      generator.startInTheFuture().ifPresent(view::say);
      showUntilTheEnd(
          telemetry,
          () -> {
            generator.requireHealthy();
            monitor.requireHealthy();
            quality.requireHealthy();
          });
      if (stop.isRequested()) {
        return true;
      }
      generator.finish();
      view.say("The time is up: waiting for what is in flight, then checking the ledger");
      try (Settlement settlement =
          new Settlement(
              settings, monitor, store, new SettlementView(view, telemetry, stop), stop)) {
        Settlement.Result result = settlement.settle(before, generator.counts().acknowledged());
        view.show(telemetry.read());
        return conclude(result, latency.all(), quality.finish(), beginNanos);
      }
    }
  }

  private void showUntilTheEnd(TelemetryReader telemetry, Runnable check)
      throws InterruptedException {
    long endNanos =
        options
            .duration()
            .map(duration -> System.nanoTime() + duration.toNanos())
            .orElse(Long.MAX_VALUE);
    do {
      check.run();
      Telemetry now = telemetry.read();
      facts.note(System.nanoTime(), now.counts(), telemetry.before());
      if (now.stored() > 0 && facts.flaggedIsStored()) {
        view.say(
            "The first flagged transaction is in MongoDB after %.1f s"
                .formatted(facts.figures().secondsToFirstFlagged()));
      }
      view.show(now);
    } while (!stop.await(world == null || facts.hasFlagged() ? REFRESH : REFRESH_UNTIL_FLAGGED)
        && System.nanoTime() < endNanos);
  }

  private static Simulation world(long seed, Rate rate) {
    return Simulation.of(
        SimulationParameters.atRate(seed, rate.perSecond()).withRhythm(Rhythm.EVEN));
  }

  private boolean conclude(
      Settlement.Result result, LatencyFigures latency, Quality quality, long beginNanos) {
    double seconds = (result.processedAtNanos() - beginNanos) / NANOS_PER_SECOND;
    Findings findings = result.findings();
    Summary summary =
        new Summary(
            startedAt.toString(),
            seconds,
            options.seed(),
            result.generated(),
            result.arrived(),
            result.counts().input(),
            result.counts().scored(),
            result.counts().rejected(),
            result.counts().empty(),
            findings.expected(),
            findings.stored(),
            findings.windowsChecked(),
            findings.deadLetters(),
            result.generated() / seconds,
            facts.figures(),
            latency,
            quality.figures(),
            result.problems());
    summary.write(settings.summaryFile());
    summary.lines().forEach(view::say);
    view.say("  also in " + settings.summaryFile());
    return summary.balanced();
  }

  /**
   * What earlier runs could not store. Read beside what else starts with a run, and complete before
   * this one sends anything.
   */
  private static final class Earlier implements AutoCloseable {

    private final CompletableFuture<DeadLetters> letters;

    private Earlier(CompletableFuture<DeadLetters> letters) {
      this.letters = letters;
    }

    static Earlier read(StackSettings settings) {
      return new Earlier(CompletableFuture.supplyAsync(() -> DeadLetters.read(settings.kafka())));
    }

    DeadLetters deadLetters() {
      try {
        return letters.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }

    /** Waits, so that the broker does not go away from under it. */
    @Override
    public void close() {
      CompletableFuture<DeadLetters> unused = letters.exceptionally(failure -> DeadLetters.NONE);
      unused.join();
    }
  }

  /** Shows what the settlement says on the screen. */
  private static final class SettlementView implements Narrator {

    private final LiveView view;
    private final TelemetryReader telemetry;
    private final StopSignal stop;

    SettlementView(LiveView view, TelemetryReader telemetry, StopSignal stop) {
      this.view = view;
      this.telemetry = telemetry;
      this.stop = stop;
    }

    @Override
    public void waitingFor(String sentence) {
      stop.throwIfRequested();
      view.showWaiting(telemetry.read(), sentence);
    }

    @Override
    public void say(String line) {
      view.say(line);
    }
  }
}
