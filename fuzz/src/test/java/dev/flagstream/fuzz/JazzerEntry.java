package dev.flagstream.fuzz;

import java.io.IOException;

/** What Jazzer calls with each input that it makes. */
public final class JazzerEntry {

  /** Names the {@link Reader}, by its id. */
  static final String READER = "flagstream.fuzz.reader";

  private static FuzzTarget target;

  private JazzerEntry() {}

  /**
   * Called once, before the first input. Tries some known inputs, so that classes and models are
   * loaded before any input is timed.
   */
  public static void fuzzerInitialize() throws IOException {
    Reader reader = Reader.of(System.getProperty(READER));
    target = reader.open();
    for (KnownInput input : KnownInput.of(reader)) {
      warmUp(input.bytes());
    }
  }

  /** The fuzzer tries the same inputs again, and tells what is wrong. */
  private static void warmUp(byte[] input) {
    try {
      target.tryOut(input);
    } catch (Throwable e) { // whatever it is, it comes again
      System.err.println("A known input fails: " + e);
    }
  }

  /** Called with each input; whatever it throws is something found. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    BoundedRun.of(target, input);
  }
}
