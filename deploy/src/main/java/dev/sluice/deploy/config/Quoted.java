package dev.sluice.deploy.config;

import java.util.regex.Pattern;

/** A configured text as a message may show it: short, in one line, without a URL's password. */
final class Quoted {

  private static final int MAX_LENGTH = 80;

  /** A password in a URL may hold whatever it likes, slashes and spaces among it. */
  private static final Pattern USER = Pattern.compile("(?<=://).*@|[^\\s/@]*@");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private Quoted() {}

  static String of(String text) {
    String shown = CONTROL.matcher(USER.matcher(text).replaceAll("...@")).replaceAll("?");
    return '"'
        + (shown.length() > MAX_LENGTH ? shown.substring(0, MAX_LENGTH) + "..." : shown)
        + '"';
  }
}
