package dev.flagstream.local;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands as main does, and keeps what they say. */
public final class FlagstreamCommandLine {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** The exit code of a command; what earlier ones said is forgotten. */
  public int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return FlagstreamCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  public String out() {
    return out.toString();
  }

  public String err() {
    return err.toString();
  }
}
