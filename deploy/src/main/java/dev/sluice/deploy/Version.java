package dev.sluice.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build this is, as written into the jar by Maven. */
final class Version {

  private Version() {}

  /** Such as {@code sluice 0.1.0}, with the commit where the build knew it. */
  static String text() {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      build.load(in);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    String commit = build.getProperty("commit");
    String version = "sluice " + build.getProperty("version");
    return commit.isEmpty() || commit.startsWith("$")
        ? version
        : version + " (commit " + commit + ')';
  }
}
