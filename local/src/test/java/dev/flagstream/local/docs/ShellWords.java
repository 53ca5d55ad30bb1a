package dev.flagstream.local.docs;

import java.util.ArrayList;
import java.util.List;

/** Reads a line of a shell: words, quotes, comments, and commands joined by operators. */
final class ShellWords {

  private final List<List<String>> commands = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;

  private ShellWords() {
    commands.add(new ArrayList<>());
  }

  /** The commands of a line, each as its words without quotes; none that is empty. */
  static List<List<String>> commands(String line) {
    ShellWords words = new ShellWords();
    words.read(line);
    return words.commands.stream().filter(command -> !command.isEmpty()).toList();
  }

  private void read(String line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (c == '#' && !inWord) {
        break;
      } else if (Character.isWhitespace(c)) {
        endWord();
      } else if (c == '|' || c == '&' || c == ';') {
        endWord();
        commands.add(new ArrayList<>());
      } else {
        word.append(c);
        inWord = true;
      }
    }
    endWord();
  }

  private void endWord() {
    if (inWord) {
      commands.get(commands.size() - 1).add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
