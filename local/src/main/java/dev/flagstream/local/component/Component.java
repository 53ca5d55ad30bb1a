package dev.flagstream.local.component;

/** A part of the stack which runs until it is closed. Closing twice is harmless. */
public interface Component extends AutoCloseable {

  /** The name used in messages, such as "broker". */
  String name();

  /** Stops the part and returns when it has stopped. */
  @Override
  void close();
}
