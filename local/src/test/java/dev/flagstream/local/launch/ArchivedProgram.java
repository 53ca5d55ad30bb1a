package dev.flagstream.local.launch;

/** Stands in for the local stack in tests of its launcher: prints what it was given. */
public final class ArchivedProgram {

  private ArchivedProgram() {}

  /** Prints what the launcher says of the class archive, and its arguments. */
  public static void main(String[] args) {
    System.out.println("archive: " + System.getProperty("flagstream.class.archive"));
    System.out.println("arguments: " + String.join(" ", args));
  }
}
