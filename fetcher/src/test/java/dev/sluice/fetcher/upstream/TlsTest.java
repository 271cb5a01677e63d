package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeOptions;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Listener;
import dev.sluice.fetcher.fake.SelfSigned;
import dev.sluice.fetcher.pull.Answers;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.fetcher.pull.Download;
import dev.sluice.metadata.Rule;
import io.vertx.core.net.KeyCertOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that speak TLS: whom we believe, and that nothing leads back to plain text. */
class TlsTest {

  private static final String[] TRUST = {
    "javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword", "javax.net.ssl.trustStoreType"
  };

  @TempDir static Path keys;
  private static KeyCertOptions key;

  @TempDir Path folder;
  private Bench bench;
  private FakeImage image;

  @BeforeAll
  static void makeAKey() {
    key = SelfSigned.in(keys);
  }

  private void open() {
    FakeOptions tls = FakeOptions.plain().tls(key);
    Resolver here = host -> Resolver.SYSTEM.resolve("127.0.0.1");
    bench =
        new Bench(
            folder, BenchOptions.plain().resolver(here).registry(tls).credential("ann", "s3cret"));
    image = bench.registry.image("app", "latest").layer(1000).push();
  }

  /**
   * The JDK's own way to say whom this process believes; looked up when a client first connects.
   */
  private static void believeTheKey() {
    String[] values = {keys.resolve("fake.p12").toString(), SelfSigned.PASSWORD, "PKCS12"};
    for (int i = 0; i < TRUST.length; i++) {
      System.setProperty(TRUST[i], values[i]);
    }
  }

  @AfterEach
  void close() {
    for (String property : TRUST) {
      System.clearProperty(property);
    }
    bench.close();
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    open();
    var refused = bench.refused("up/app", "latest");
    assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(refused.message()).contains("not signed by anybody this Java trusts");
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void aCertificateForAnotherHostIsRefused() {
    believeTheKey();
    open();
    String elsewhere = bench.registry.url().replace("127.0.0.1", "registry.example");
    bench.use(
        new Rule(
            "up",
            "registry.example",
            Optional.empty(),
            Optional.of(URI.create(elsewhere)),
            List.of(),
            List.of(),
            Bench.POLICIES));
    assertThat(bench.refused("up/app", "latest").message()).contains("is for another host");
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void aCertificateThatTheJdkBelievesIsAccepted() {
    believeTheKey();
    open();
    bench.found("up/app", "latest");
    assertThat(bench.read("up/app", image.layer(0))).isInstanceOf(Download.End.Whole.class);
  }

  @Test
  void noRedirectLeadsBackToPlainText() {
    believeTheKey();
    open();
    try (FakeRegistry plain = FakeRegistry.start(bench.vertx)) {
      bench.registry.onGet(BLOBS).always(AnswerFaults.redirectTo(307, plain.url() + "/x"));
      assertThat(Answers.refused(bench.blob("up/app", image.layer(0), false)).message())
          .contains("redirects to where we do not go");
      assertThat(plain.connections()).isZero();
    }
  }

  @Test
  void noCredentialIsShownToARealmInPlainText() {
    believeTheKey();
    open();
    bench.use(CredentialTest.loginRule(bench));
    try (FakeRegistry plain = FakeRegistry.start(bench.vertx)) {
      bench.registry.requireTokens().at(plain.url(Listener.TOKENS) + "/token");
      assertThat(bench.refused("up/app", "latest").message()).contains("token realm");
      assertThat(plain.connections()).isZero();
    }
  }
}
