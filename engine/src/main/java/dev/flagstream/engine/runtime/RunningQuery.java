package dev.flagstream.engine.runtime;

import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.topology.QueryTopology;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.row.Materialization;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One persistent query as a Kafka Streams application.
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
  private final ScheduledExecutorService restarts;

  private final ThreadDeaths deaths = new ThreadDeaths(Clock.systemUTC());

  private KafkaStreams streams;
  private QueryTopology topology;
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
      ScheduledExecutorService restarts) {
    this.query = query;
    this.properties = properties;
    this.topologies = topologies;
    this.clients = clients;
    this.log = log;
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

  synchronized void start() {
    topology = topologies.get();
    streams = new KafkaStreams(topology.topology(), properties, clients);
    KafkaStreams started = streams;
    started.setUncaughtExceptionHandler(this::onThreadDeath);
    started.setStateListener((now, before) -> onStateChange(started, now));
    if (paused) {
      started.pause();
    }
    started.start();
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

  private synchronized void onStateChange(KafkaStreams of, KafkaStreams.State now) {
    if (of != streams || stopped) {
      return;
    }
    if (now == KafkaStreams.State.RUNNING) {
      nextPauseMs = FIRST_PAUSE_MS;
    } else if (now == KafkaStreams.State.ERROR) {
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
    streams.close(CLOSE_TIMEOUT);
    replacedThreads = 0;
    try {
      start();
    } catch (RuntimeException e) {
      deaths.add(e);
      LOG.error("Query {} could not be started again", query.id(), e);
      scheduleRestart();
    }
  }

  synchronized void pause() {
    paused = true;
    streams.pause();
  }

  synchronized void resume() {
    paused = false;
    streams.resume();
  }

  synchronized KafkaStreams.State state() {
    return streams.state();
  }

  synchronized String describe() {
    return topology.topology().describe().toString();
  }

  synchronized Optional<Materialization> materialization() {
    return topology.materialization();
  }

  synchronized KafkaStreams streams() {
    return streams;
  }

  /** Stops the query; it can be started again later, here or elsewhere. */
  void stop() {
    KafkaStreams toClose;
    synchronized (this) {
      stopped = true;
      toClose = streams;
    }
    // Not under the lock: closing waits for threads that may be reporting to this object.
    // Leaving the group lets the next start have the partitions at once, not after a session
    // timeout.
    CloseOptions leaving =
        CloseOptions.timeout(CLOSE_TIMEOUT)
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
    if (!toClose.close(leaving)) {
      LOG.warn("Query {} did not stop within {}", query.id(), CLOSE_TIMEOUT);
    }
  }

  /** Removes the state that a stopped query left on disk. */
  synchronized void removeState() {
    streams.cleanUp();
  }
}
