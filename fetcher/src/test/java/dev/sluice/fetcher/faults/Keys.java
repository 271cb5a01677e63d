package dev.sluice.fetcher.faults;

import dev.sluice.fetcher.fake.SelfSigned;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keys for registries that speak TLS, made once. */
final class Keys {
  private static final String[] TRUST = {
    "javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword", "javax.net.ssl.trustStoreType"
  };

  /** Nobody vouches for it. */
  static final Keys UNKNOWN = new Keys();

  /** This process believes it while {@link #believe} holds. */
  static final Keys BELIEVED = new Keys();

  private final Path folder;
  private final KeyCertOptions key;

  private Keys() {
    try {
      folder = Files.createTempDirectory("sluice-keys");
      key = SelfSigned.in(folder);
      folder.toFile().deleteOnExit();
      file().toFile().deleteOnExit();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path file() {
    return folder.resolve("fake.p12");
  }

  KeyCertOptions key() {
    return key;
  }

  /** The JDK's own way to say whom this process believes; holds until what is returned is run. */
  Runnable believe() {
    String[] values = {file().toString(), SelfSigned.PASSWORD, "PKCS12"};
    for (int i = 0; i < TRUST.length; i++) {
      System.setProperty(TRUST[i], values[i]);
    }
    return () -> {
      for (String property : TRUST) {
        System.clearProperty(property);
      }
    };
  }
}
