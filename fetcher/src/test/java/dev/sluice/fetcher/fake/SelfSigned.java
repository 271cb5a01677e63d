package dev.sluice.fetcher.fake;

import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A key for 127.0.0.1 and localhost that nobody vouches for, made by the JDK's keytool. */
public final class SelfSigned {
  /** Opens the key's file. */
  public static final String PASSWORD = "not-a-secret";

  private SelfSigned() {}

  /** Makes a new key in {@code fake.p12} in this folder. */
  public static KeyCertOptions in(Path folder) {
    Path file = folder.resolve("fake.p12");
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    ProcessBuilder command =
        new ProcessBuilder(
            tool,
            "-genkeypair",
            "-alias",
            "fake",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD);
    try {
      Process keytool = command.inheritIO().start();
      if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        keytool.destroyForcibly();
        throw new IllegalStateException("keytool failed");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
    return new PfxOptions().setPath(file.toString()).setPassword(PASSWORD);
  }
}
