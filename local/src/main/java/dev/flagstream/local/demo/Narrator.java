package dev.flagstream.local.demo;

/** Receives what the settlement waits for and what it finds. */
interface Narrator {

  /** What is being waited for, in place of what was before. */
  void waitingFor(String sentence);

  /** Something that stays. */
  void say(String line);
}
