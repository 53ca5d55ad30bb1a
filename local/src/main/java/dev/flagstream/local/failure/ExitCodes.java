package dev.flagstream.local.failure;

/** How a command ended, for scripts; local/README.md has the same as a table. */
public final class ExitCodes {

  /** All is well. */
  public static final int OK = 0;

  /** Something failed, or is not accounted for. */
  public static final int FAILED = 1;

  /** Wrong options, or a port that is taken. */
  public static final int USAGE = 2;

  /** The data folder cannot be used: in use, read-only, full, or of another layout. */
  public static final int DATA = 3;

  /** The JVM has too little memory. */
  public static final int MEMORY = 4;

  /** The JVM is too old. */
  public static final int JAVA = 5;

  /** Ended by Ctrl-C. */
  public static final int INTERRUPTED = 130;

  /** Ended by SIGTERM. */
  public static final int TERMINATED = 143;

  private ExitCodes() {}
}
