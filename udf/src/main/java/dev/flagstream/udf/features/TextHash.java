package dev.flagstream.udf.features;

/**
 * What stands for a text in the state of a key: 64 bits, of which each depends on each character. 0
 * stands for NULL and for no other text.
 */
final class TextHash {

  static final long NONE = 0;

  private static final long START = 0xCBF29CE484222325L;
  private static final long PRIME = 0x100000001B3L;

  private TextHash() {}

  /** FNV-1a over the characters, mixed once more by the finalizer of SplitMix64. */
  static long of(String text) {
    if (text == null) {
      return NONE;
    }
    long hash = START;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    hash ^= hash >>> 31;
    return hash == NONE ? 1 : hash;
  }

  /** The 32 bits that tell the few texts of one card or of one moment apart. */
  static int shortOf(String text) {
    if (text == null) {
      return 0;
    }
    int hash = (int) of(text);
    return hash == 0 ? 1 : hash;
  }
}
