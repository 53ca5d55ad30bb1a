package dev.flagstream.engine.runtime;

import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.topology.QueryTopology;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.row.Materialization;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One persistent query as a Kafka Streams application.
 *
 * <p>Its topology is built at once, since that is what can be wrong with a statement. The
 * application itself, with its threads and clients, is made beside what the server does next: it
 * takes as long again, and nothing but the rows of the query waits for it.
 *
 * <p>A stream thread that dies is replaced. If threads keep dying, the whole application is stopped
 * and started again after a pause that doubles each time: a topic that is missing or a broker that
 * is away may come back.
 */
final class RunningQuery {

  private static final Logger LOG = LoggerFactory.getLogger(RunningQuery.class);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_REPLACED_THREADS = 10;
  private static final long FIRST_PAUSE_MS = 1_000;
  private static final long LONGEST_PAUSE_MS = 60_000;

  private final PersistentQuery query;
  private final Properties properties;
  private final Supplier<QueryTopology> topologies;
  private final KafkaClientSupplier clients;
  private final ProcessingLog log;
  private final Executor launches;
  private final ScheduledExecutorService restarts;

  private final ThreadDeaths deaths = new ThreadDeaths(Clock.systemUTC());

  /** Null until the application has been made. */
  private KafkaStreams streams;

  private QueryTopology topology;
  private boolean launching;

  /** Whether the application was started after what an earlier one left open had been removed. */
  private boolean startedOnCleanState;

  private boolean paused;
  private boolean stopped;
  private int replacedThreads;
  private long nextPauseMs = FIRST_PAUSE_MS;

  RunningQuery(
      PersistentQuery query,
      Properties properties,
      Supplier<QueryTopology> topologies,
      KafkaClientSupplier clients,
      ProcessingLog log,
      Executor launches,
      ScheduledExecutorService restarts) {
    this.query = query;
    this.properties = properties;
    this.topologies = topologies;
    this.clients = clients;
    this.log = log;
    this.launches = launches;
    this.restarts = restarts;
  }

  PersistentQuery query() {
    return query;
  }

  String applicationId() {
    return properties.getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
  }

  ThreadDeaths deaths() {
    return deaths;
  }

  /**
   * Builds the topology, and has the application made and started.
   *
   * @throws RuntimeException if there is no such topology, or the properties are not those of an
   *     application
   */
  synchronized void start() {
    topology = topologies.get();
    StreamsProperties.fit(properties, topology.topology().describe());
    StreamsConfig config = new StreamsConfig(properties);
    launching = true;
    launches.execute(() -> launch(config));
  }

  private synchronized void launch(StreamsConfig config) {
    try {
      launchNow(config);
    } catch (RuntimeException e) {
      notStarted(e);
    } finally {
      launching = false;
      notifyAll();
    }
  }

  private void launchNow(StreamsConfig config) {
    KafkaStreams application = new KafkaStreams(topology.topology(), config, clients);
    streams = application;
    startedOnCleanState = false;
    new LeftOpenState(properties).removeBefore(application);
    application.setUncaughtExceptionHandler(this::onThreadDeath);
    application.setStateListener((now, before) -> onStateChange(application, now));
    if (paused) {
      application.pause();
    }
    application.start();
    startedOnCleanState = true;
  }

  private void notStarted(RuntimeException reason) {
    deaths.add(reason);
    LOG.error("Query {} could not be started", query.id(), reason);
    if (!stopped) {
      scheduleRestart();
    }
  }

  private synchronized StreamThreadExceptionResponse onThreadDeath(Throwable error) {
    replacedThreads++;
    deaths.add(error);
    LOG.error("Query {}: a stream thread died ({} so far)", query.id(), replacedThreads, error);
    log.threadDied("processing." + query.id(), Thread.currentThread().getName(), error);
    // A new thread would find the topic missing too, as long as it is.
    return replacedThreads <= MAX_REPLACED_THREADS
            && !(error instanceof MissingSourceTopicException)
        ? StreamThreadExceptionResponse.REPLACE_THREAD
        : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private synchronized void onStateChange(KafkaStreams of, State now) {
    if (of != streams || stopped) {
      return;
    }
    if (now == State.RUNNING) {
      nextPauseMs = FIRST_PAUSE_MS;
    } else if (now == State.ERROR) {
      scheduleRestart();
    }
  }

  private void scheduleRestart() {
    LOG.error("Query {} stopped; it will be started again in {} ms", query.id(), nextPauseMs);
    ScheduledFuture<?> unused =
        restarts.schedule(this::restart, nextPauseMs, TimeUnit.MILLISECONDS);
    nextPauseMs = Math.min(nextPauseMs * 2, LONGEST_PAUSE_MS);
  }

  private synchronized void restart() {
    if (stopped) {
      return;
    }
    application().ifPresent(failed -> failed.close(CLOSE_TIMEOUT));
    streams = null;
    replacedThreads = 0;
    try {
      start();
    } catch (RuntimeException e) {
      notStarted(e);
    }
  }

  synchronized void pause() {
    paused = true;
    application().ifPresent(KafkaStreams::pause);
  }

  synchronized void resume() {
    paused = false;
    application().ifPresent(KafkaStreams::resume);
  }

  synchronized State state() {
    return streams == null ? State.CREATED : streams.state();
  }

  synchronized String describe() {
    return topology.topology().describe().toString();
  }

  synchronized Optional<Materialization> materialization() {
    return topology.materialization();
  }

  /** The application, once it is made, which this waits for; empty if it could not be. */
  synchronized Optional<KafkaStreams> application() {
    boolean interrupted = false;
    while (launching) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return Optional.ofNullable(streams);
  }

  /** Stops the query; it can be started again later, here or elsewhere. */
  void stop() {
    Optional<KafkaStreams> toClose;
    boolean inOrder;
    synchronized (this) {
      stopped = true;
      toClose = application();
      // What an earlier process left open may be there still if this one came to nothing.
      inOrder = startedOnCleanState && state() != State.ERROR;
    }
    // Not under the lock: closing waits for threads that may be reporting to this object.
    // Leaving the group lets the next start have the partitions at once, not after a session
    // timeout.
    CloseOptions leaving =
        CloseOptions.timeout(CLOSE_TIMEOUT)
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
    if (toClose.isEmpty()) {
      return;
    }
    if (toClose.get().close(leaving)) {
      if (inOrder) {
        new LeftOpenState(properties).closedInOrder();
      }
    } else {
      LOG.warn("Query {} did not stop within {}", query.id(), CLOSE_TIMEOUT);
    }
  }

  /** Removes the state that a stopped query left on disk. */
  synchronized void removeState() {
    try {
      application().ifPresent(KafkaStreams::cleanUp);
      new LeftOpenState(properties).forget();
    } catch (IllegalStateException e) { // it did not stop in time: nobody will use it again
      LOG.warn("The state of query {} stays on disk: {}", query.id(), e.getMessage());
    }
  }
}
