package dev.flagstream.engine.function.builtin.string;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The encodings that bytes can be written in as a string. */
enum Encoding {
  HEX {
    @Override
    byte[] decode(String text) {
      Matcher quoted = QUOTED_HEX.matcher(text);
      if (quoted.matches()) {
        return HexFormat.of().parseHex(quoted.group(1));
      }
      if (!text.startsWith("0x")) {
        return HexFormat.of().parseHex(text);
      }
      String digits = text.substring(2);
      return HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
    }

    @Override
    String encode(byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
  },
  UTF8 {
    @Override
    byte[] decode(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    String encode(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  },
  ASCII {
    @Override
    byte[] decode(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    String encode(byte[] bytes) {
      return new String(bytes, StandardCharsets.US_ASCII);
    }
  },
  BASE64 {
    @Override
    byte[] decode(String text) {
      return Base64.getDecoder().decode(text);
    }

    @Override
    String encode(byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
  };

  private static final Pattern QUOTED_HEX = Pattern.compile("[xX]'((?:[0-9a-fA-F]{2})*)'");

  /** The bytes that a text in this encoding stands for. */
  abstract byte[] decode(String text);

  /** The text that stands for bytes. */
  abstract String encode(byte[] bytes);

  /**
   * The encoding of a name, whatever its case.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Encoding named(String name) {
    for (Encoding encoding : values()) {
      if (encoding.name().equalsIgnoreCase(name)) {
        return encoding;
      }
    }
    throw new IllegalArgumentException(
        "Unknown encoding '" + name + "': it can be hex, utf8, ascii or base64");
  }
}
