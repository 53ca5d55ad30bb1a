package dev.flagstream.engine.server;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loop of one response, to which other threads hand what they have for it. */
final class EventLoop {

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  private final Context context;

  private EventLoop(Context context) {
    this.context = context;
  }

  /** The loop that runs the caller. */
  static EventLoop current() {
    return new EventLoop(Vertx.currentContext());
  }

  /**
   * Has the loop run something after what it was handed before. Once the server has stopped there
   * is no loop any more, nor a client that waits: then nothing is run.
   *
   * @return whether it will be run
   */
  boolean run(Runnable task) {
    try {
      context.runOnContext(ignored -> task.run());
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("The server has stopped; a response stays as it is", e);
      return false;
    }
  }
}
