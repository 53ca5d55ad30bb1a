package dev.flagstream.local.ledger.files;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts what the ledger writes to temporary files, since card numbers are among it: by AES-GCM
 * with a key that never leaves memory, so that files which a killed ledger leaves behind tell
 * nobody anything. For one thread.
 */
final class FileSeal {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BITS = 256;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final Cipher cipher;

  /** No two values have the same nonce. */
  private long sealed;

  /** A seal with a new key. */
  FileSeal() {
    try {
      KeyGenerator keys = KeyGenerator.getInstance("AES");
      keys.init(KEY_BITS);
      key = keys.generateKey();
      cipher = Cipher.getInstance(CIPHER);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + CIPHER, e);
    }
  }

  byte[] seal(byte[] plain) {
    byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(sealed++).array();
    byte[] hidden = apply(Cipher.ENCRYPT_MODE, nonce, plain, 0);
    return ByteBuffer.allocate(NONCE_BYTES + hidden.length).put(nonce).put(hidden).array();
  }

  byte[] open(byte[] sealedValue) {
    byte[] nonce = Arrays.copyOf(sealedValue, NONCE_BYTES);
    return apply(Cipher.DECRYPT_MODE, nonce, sealedValue, NONCE_BYTES);
  }

  private byte[] apply(int mode, byte[] nonce, byte[] value, int from) {
    try {
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
      return cipher.doFinal(value, from, value.length - from);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A temporary file of the ledger was changed", e);
    }
  }
}
