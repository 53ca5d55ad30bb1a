package dev.flagstream.launcher;

import java.lang.reflect.InvocationTargetException;

/**
 * Starts the command line, or says that the JVM is too old for it. This class is compiled for Java
 * 8: an older JVM than the rest needs can load it, and nothing else.
 */
public final class Launcher {

  static final int NEEDED_JAVA = 17;

  /** As the table of exit codes has it. */
  static final int TOO_OLD = 5;

  private static final String COMMAND = "dev.flagstream.local.FlagstreamCommand";

  private Launcher() {}

  /** Runs the command line in a JVM that is new enough. */
  public static void main(String[] args) throws Exception {
    String problem = problem(System.getProperty("java.specification.version"), javaHome());
    if (problem != null) {
      System.err.println(problem);
      System.exit(TOO_OLD);
    }
    // By its name: to load the class is what an old JVM cannot do.
    try {
      Class.forName(COMMAND).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      System.err.println("flagstream failed: " + e.getCause());
      System.exit(1);
    }
  }

  private static String javaHome() {
    return System.getProperty("java.home");
  }

  /**
   * What is wrong with a JVM.
   *
   * @param version as {@code java.specification.version} has it: "1.8", "11", "17"
   * @return null if nothing is
   */
  static String problem(String version, String home) {
    String feature = version.startsWith("1.") ? version.substring(2) : version;
    if (Integer.parseInt(feature) >= NEEDED_JAVA) {
      return null;
    }
    return "Flagstream needs Java "
        + NEEDED_JAVA
        + " or later; this is Java "
        + feature
        + " ("
        + home
        + "). Install a newer one, or put it first on the PATH.";
  }
}
