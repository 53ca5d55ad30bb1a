package dev.flagstream.local.demo;

/** Receives what the settlement waits for and what it finds. */
interface Narrator {

  /** Says what is being waited for now, in place of what was said before. */
  void waitingFor(String sentence);

  /** Says something that stays visible. */
  void say(String line);
}
