package dev.flagstream.engine.shell;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says what keeps a file from being read or written. Stateless. */
final class FileTrouble {

  private FileTrouble() {}

  /** In a few words that go on after the file's name and a colon. */
  static String of(IOException trouble) {
    if (trouble instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (trouble instanceof AccessDeniedException) {
      return "that is not allowed";
    }
    if (trouble instanceof CharacterCodingException) {
      return "it is no text in UTF-8";
    }
    if (trouble instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    return trouble.getMessage() == null ? trouble.getClass().getSimpleName() : trouble.getMessage();
  }
}
