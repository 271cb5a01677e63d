package dev.sluice.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build this is, as written into the jar by Maven. */
final class Version {

  private Version() {}

  /** Such as {@code 0.1.0}. */
  static String number() {
    return read().getProperty("version");
  }

  private static Properties read() {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      build.load(in);
      return build;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Such as {@code sluice 0.1.0}, with the commit where the build knew it. */
  static String text() {
    Properties build = read();
    String commit = build.getProperty("commit");
    String version = "sluice " + build.getProperty("version");
    return commit.isEmpty() || commit.startsWith("$")
        ? version
        : version + " (commit " + commit + ')';
  }
}
