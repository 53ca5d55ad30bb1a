package dev.flagstream.engine.statement.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flagstream.engine.statement.command.Command.UnreadableCommandException;
import dev.flagstream.engine.statement.entity.CommandStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that carries commands out, in the order of the command topic: first all that were
 * given before the server started, then each as it comes.
 */
public final class CommandRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration POLL_AT_START = Duration.ofMillis(100);

  /** Carries commands out. */
  interface Handler {
    /** Carries out a command of a former life of the server; queries wait. */
    CommandStatus restore(long offset, Command command);

    /** All former commands are done: start the queries that are left. */
    void restored();

    /** Carries out a new command. */
    CommandStatus run(long offset, Command command);

    /** Whether no further command is to be carried out, and the topic of commands is gone. */
    boolean isEnded();
  }

  private final CommandTopic topic;
  private final Handler handler;
  private final Consumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final Map<String, CommandStatus> statuses = new LinkedHashMap<>();
  private final Map<Long, CommandStatus> statusByOffset = new LinkedHashMap<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private long position;
  private long nextQueryNumber;
  private volatile boolean closing;

  public CommandRunner(CommandTopic topic, Handler handler) {
    this.topic = topic;
    this.handler = handler;
    this.consumer = topic.newConsumer();
    this.thread = new Thread(this::runCommands, "command-runner");
  }

  /** Carries out all commands there are, in the calling thread, then goes on in its own. */
  public void start() {
    long end = topic.endOffset(consumer);
    while (consumer.position(topic.partition()) < end) {
      for (ConsumerRecord<byte[], byte[]> commandRecord : consumer.poll(POLL_AT_START)) {
        handle(commandRecord, handler::restore);
      }
    }
    handler.restored();
    advanceTo(consumer.position(topic.partition()));
    if (handler.isEnded()) {
      ended.complete(null);
    } else {
      thread.start();
    }
  }

  /** Whether the thread is at work. */
  public boolean isHealthy() {
    return thread.isAlive() && !ended.isDone();
  }

  /** The status of the latest command of this id. */
  public synchronized Optional<CommandStatus> status(CommandId id) {
    return Optional.ofNullable(statuses.get(id.toString()));
  }

  /** All statuses by command id. */
  public synchronized Map<String, CommandStatus> statuses() {
    return new LinkedHashMap<>(statuses);
  }

  /**
   * The status of the command at an offset, once it has been carried out.
   *
   * @return empty if it has not within the time
   */
  synchronized Optional<CommandStatus> await(long offset, Duration timeout)
      throws InterruptedException {
    awaitPosition(offset + 1, timeout);
    return Optional.ofNullable(statusByOffset.get(offset));
  }

  /**
   * Takes note of a command that nobody waits for any longer, so that its status can be asked for
   * until it has been carried out.
   *
   * @return its status: that it is queued, unless it has just been carried out
   */
  synchronized CommandStatus queued(CommandId id, long offset) {
    CommandStatus carriedOut = statusByOffset.get(offset);
    if (carriedOut != null) {
      return carriedOut;
    }
    CommandStatus queued = CommandStatus.queued();
    statuses.put(id.toString(), queued);
    return queued;
  }

  /**
   * Waits until all commands before {@code target} have been carried out.
   *
   * @return false if they have not within the time
   */
  public synchronized boolean awaitPosition(long target, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (position < target) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0 || ended.isDone()) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** What the id of the next query ends with: the offset after the last command. */
  synchronized long nextQueryNumber() {
    return nextQueryNumber;
  }

  private void runCommands() {
    try {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> commandRecord : consumer.poll(POLL)) {
          handle(commandRecord, handler::run);
          advanceTo(commandRecord.offset() + 1);
          if (handler.isEnded()) {
            return;
          }
        }
        advanceTo(consumer.position(topic.partition()));
      }
    } catch (WakeupException e) {
      LOG.debug("Command runner asked to end");
    } catch (KafkaException e) {
      LOG.error("The command topic cannot be read; no further statement will be carried out", e);
    } finally {
      ended.complete(null);
      consumer.close();
    }
  }

  private void handle(ConsumerRecord<byte[], byte[]> commandRecord, Action action) {
    String id = idOf(commandRecord);
    CommandStatus status;
    try {
      status = action.apply(commandRecord.offset(), Command.fromJson(commandRecord.value()));
    } catch (UnreadableCommandException e) {
      LOG.error("The command at offset {} {}: skipped", commandRecord.offset(), e.getMessage());
      status = CommandStatus.error("The command " + e.getMessage());
    }
    LOG.info("{} at offset {}: {}", id, commandRecord.offset(), status.status());
    remember(id, commandRecord.offset(), status);
  }

  private static String idOf(ConsumerRecord<byte[], byte[]> commandRecord) {
    if (commandRecord.key() == null) {
      return "unknown/unknown/unknown";
    }
    String key = new String(commandRecord.key(), UTF_8);
    return key.startsWith("\"") && key.endsWith("\"") && key.length() > 1
        ? key.substring(1, key.length() - 1).replace("\\\"", "\"")
        : key;
  }

  private synchronized void remember(String id, long offset, CommandStatus status) {
    statuses.remove(id);
    statuses.put(id, status);
    statusByOffset.put(offset, status);
    nextQueryNumber = offset + 1;
  }

  private synchronized void advanceTo(long newPosition) {
    if (newPosition > position) {
      position = newPosition;
      notifyAll();
    }
  }

  @Override
  public void close() {
    closing = true;
    if (!thread.isAlive()) {
      consumer.close();
      return;
    }
    consumer.wakeup();
    try {
      ended.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The command runner did not end in time", e);
    }
  }

  private interface Action {
    CommandStatus apply(long offset, Command command);
  }
}
