package dev.sluice.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build this is, as written into the jar by Maven. */
final class Version {

  private static final Properties BUILD = read();

  private Version() {}

  private static Properties read() {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      build.load(in);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return build;
  }

  /** Such as {@code sluice 0.1.0}, with the commit where the build knew it. */
  static String text() {
    String version = "sluice " + number();
    return commit().isEmpty() ? version : version + " (commit " + commit() + ')';
  }

  /** Such as {@code 0.1.0}. */
  static String number() {
    return BUILD.getProperty("version");
  }

  /** Its abbreviated name; empty where the build did not know it. */
  static String commit() {
    String commit = BUILD.getProperty("commit");
    return commit.startsWith("$") ? "" : commit;
  }
}
