package dev.flagstream.dashboard.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;

/**
 * Server-sent events to one browser. A browser that is slow to read loses events rather than let
 * them pile up. May be used from any thread.
 */
public final class EventStream {

  private final Context context;
  private final HttpServerResponse response;
  private volatile boolean closed;

  /** Begins the stream; to be called on the response's event loop. */
  public EventStream(Context context, HttpServerResponse response) {
    this.context = context;
    this.response = response;
    response
        .setChunked(true)
        .putHeader("content-type", "text/event-stream; charset=utf-8")
        .putHeader("cache-control", "no-store")
        .exceptionHandler(problem -> closed = true)
        .closeHandler(end -> closed = true);
    Future<Void> unused = response.write("retry: 1000\n\n");
  }

  /** Whether the browser is gone. */
  public boolean isClosed() {
    return closed;
  }

  /** Sends an event, whose data have no line end. */
  public void send(String name, String data) {
    String event = "event: " + name + "\ndata: " + data + "\n\n";
    context.runOnContext(
        ignored -> {
          if (!closed && !response.writeQueueFull()) {
            Future<Void> unused = response.write(event);
          }
        });
  }
}
