package dev.sluice.deploy;

import dev.sluice.deploy.config.DoorConfig.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that clients are shown: its files are looked at every two seconds, so that one
 * that was renewed is shown within five, and connections that stand are left alone. Of files that
 * do not fit each other, such as while they are being written, nothing is taken up.
 */
final class LiveCertificate {

  private static final Logger LOG = LoggerFactory.getLogger(LiveCertificate.class);

  private static final long INTERVAL_MILLIS = 2000;

  private final Tls files;
  private final Vertx vertx;
  private Buffer certificate = Buffer.buffer();
  private Buffer key = Buffer.buffer();
  private String trouble = "";

  LiveCertificate(Tls files, Vertx vertx) {
    this.files = files;
    this.vertx = vertx;
  }

  /**
   * Reads the files as they are; blocks.
   *
   * @throws StartFailure where they are of no use
   */
  KeyCertOptions first() throws StartFailure {
    try {
      return changed().orElseThrow();
    } catch (IOException | GeneralSecurityException unusable) {
      throw new StartFailure(
          "cannot use tls.certificate " + files.certificate() + ": " + unusable.getMessage(),
          unusable);
    }
  }

  /**
   * Looks again and again, until Vert.x is closed.
   *
   * @param renew takes up another certificate
   */
  void watch(Function<KeyCertOptions, Future<?>> renew) {
    vertx.setTimer(
        INTERVAL_MILLIS,
        due ->
            vertx
                .executeBlocking(this::look)
                .compose(
                    found ->
                        found
                            .map(now -> renew.apply(now).onSuccess(done -> say()))
                            .orElseGet(Future::succeededFuture))
                .onFailure(bug -> LOG.error("the certificate was not renewed", bug))
                .onComplete(looked -> watch(renew)));
  }

  private void say() {
    LOG.info("clients are shown the certificate that {} has now", files.certificate());
  }

  private synchronized Optional<KeyCertOptions> look() {
    try {
      Optional<KeyCertOptions> changed = changed();
      trouble = "";
      return changed;
    } catch (IOException | GeneralSecurityException unusable) {
      if (!unusable.toString().equals(trouble)) {
        trouble = unusable.toString();
        LOG.warn(
            "the certificate stays as it was, for {} is of no use: {}",
            files.certificate(),
            unusable.getMessage());
      }
      return Optional.empty();
    }
  }

  private Optional<KeyCertOptions> changed() throws IOException, GeneralSecurityException {
    Buffer shown = Buffer.buffer(Files.readAllBytes(files.certificate()));
    Buffer kept = Buffer.buffer(Files.readAllBytes(files.key()));
    if (shown.equals(certificate) && kept.equals(key)) {
      return Optional.empty();
    }
    PemKeyCertOptions options = new PemKeyCertOptions().addCertValue(shown).addKeyValue(kept);
    check(options);
    certificate = shown;
    key = kept;
    return Optional.of(options);
  }

  /** Whether what is signed with the key is the certificate's. */
  private void check(PemKeyCertOptions options) throws GeneralSecurityException {
    X509KeyManager both = manager(options);
    String alias = aliases(both);
    PrivateKey own = both.getPrivateKey(alias);
    X509Certificate leaf = both.getCertificateChain(alias)[0];
    Signature signature = Signature.getInstance(algorithm(own));
    signature.initSign(own);
    signature.update(leaf.getEncoded());
    byte[] signed = signature.sign();
    signature.initVerify(leaf.getPublicKey());
    signature.update(leaf.getEncoded());
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the key in " + files.key() + " is another one's");
    }
  }

  private X509KeyManager manager(PemKeyCertOptions options) throws GeneralSecurityException {
    try {
      KeyManagerFactory factory = options.getKeyManagerFactory(vertx);
      return (X509KeyManager) factory.getKeyManagers()[0];
    } catch (Exception unreadable) {
      throw new GeneralSecurityException(String.valueOf(unreadable.getMessage()), unreadable);
    }
  }

  private static String aliases(X509KeyManager manager) throws GeneralSecurityException {
    for (String type : new String[] {"RSA", "EC", "EdDSA", "Ed25519"}) {
      String[] aliases = manager.getServerAliases(type, null);
      if (aliases != null && aliases.length > 0) {
        return aliases[0];
      }
    }
    throw new GeneralSecurityException("it has no certificate of RSA, EC or Ed25519");
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
