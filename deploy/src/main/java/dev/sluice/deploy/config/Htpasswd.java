package dev.sluice.deploy.config;

import dev.sluice.gateway.access.Logins;
import dev.sluice.gateway.access.PasswordHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of users in the form of htpasswd, of which only bcrypt's hashes are honoured: the others
 * can be guessed a million times a second.
 *
 * @param hashes by the user's name, of the lines that are right
 * @param mistakes the other lines
 */
record Htpasswd(Map<String, String> hashes, List<Mistake> mistakes) {

  private static final int LONGEST_NAME = 255;

  /**
   * A line that grants nothing.
   *
   * @param line counted from 1
   * @param what what is wrong, without anything of a hash
   */
  record Mistake(int line, String what, String allowed) {}

  static Htpasswd parse(String text) {
    Map<String, String> hashes = new LinkedHashMap<>();
    List<Mistake> mistakes = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        read(line, i + 1, hashes, mistakes);
      }
    }
    return new Htpasswd(hashes, List.copyOf(mistakes));
  }

  private static void read(
      String line, int number, Map<String, String> hashes, List<Mistake> mistakes) {
    int colon = line.indexOf(':');
    if (colon <= 0 || colon > LONGEST_NAME) {
      // It may be a password that stands alone, so it is not shown.
      mistakes.add(new Mistake(number, "has no user name before a colon", "NAME:HASH"));
      return;
    }
    String name = line.substring(0, colon);
    String hash = line.substring(colon + 1);
    if (name.equals(Logins.TOKEN_USER)) {
      String what = "names the user " + name + ", which is the name that goes with registry tokens";
      mistakes.add(new Mistake(number, what, "any other name"));
    } else if (!PasswordHash.isOne(hash)) {
      mistakes.add(new Mistake(number, notBcrypt(name), make(name)));
    } else if (hashes.putIfAbsent(name, hash) != null) {
      mistakes.add(new Mistake(number, Quoted.of(name) + " is listed twice", "once a name"));
    }
  }

  private static String notBcrypt(String name) {
    return "the password of " + Quoted.of(name) + " is not hashed by bcrypt";
  }

  private static String make(String name) {
    return "a line made by: htpasswd -B FILE "
        + (name.matches("[A-Za-z0-9._@-]+") ? name : "NAME")
        + " (with -C for a cost, 4 to "
        + PasswordHash.HIGHEST_COST
        + ')';
  }
}
