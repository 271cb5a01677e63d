package dev.sluice.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginTest {

  @ParameterizedTest
  @CsvSource({
    "https://Registry.Example/v2/, https://registry.example:443",
    "http://registry.example., http://registry.example:80",
    "http://10.0.0.1:5000/x, http://10.0.0.1:5000",
    "http://[::1]:5000/x, http://[::1]:5000",
    "https://registry4.example, https://registry4.example:443",
    "https://4chan.example, https://4chan.example:443",
  })
  void isSchemeHostAndPort(String url, String origin) {
    assertThat(Origin.of(URI.create(url))).map(Origin::toString).contains(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "gopher://registry.example/",
        "/path",
        "//registry.example/x",
        "http:///x",
        "http://ann@registry.example/",
        "http://ann:pw@registry.example/",
        "http://@registry.example/",
        "http://registry.example:65536/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.01/",
        "http://[fe80::1%25eth0]/",
        "http://a_b/",
      })
  void isNothingElse(String url) {
    assertThat(Origin.of(URI.create(url))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "registry-1.docker.io, auth.docker.io",
    "registry.example.com, registry.example.com",
    "registry.gitlab.com, gitlab.com",
    "registry.example.de, auth.example.de",
    "registry.example.co.uk, auth.example.co.uk",
    "registry.git.example.fr, git.example.fr",
    "mine.azurecr.io, mine.azurecr.io",
    "10.0.0.1, 10.0.0.1",
    "localhost, localhost",
    "registry.example.com, Auth.Example.COM.",
  })
  void aRealmOfTheSameOwnerIsTrusted(String registry, String realm) {
    assertThat(https(registry).mayTrustRealm(https(realm))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "victim.example, evil.example",
    "victim.com, evil.com",
    "victim.co.uk, evil.co.uk",
    "a.victim.co.uk, a.evil.co.uk",
    "victim.com.au, evil.com.au",
    "victim.co.io, evil.co.io",
    "victim.chiyoda.tokyo.jp, evil.chiyoda.tokyo.jp",
    "victim.asso.fr, evil.asso.fr",
    "victim.github.io, evil.github.io",
    "victim.gitlab.io, evil.gitlab.io",
    "victim.azurecr.io, evil.azurecr.io",
    "victim.eastus.cloudapp.azure.com, evil.eastus.cloudapp.azure.com",
    "victim.blob.core.windows.net, evil.blob.core.windows.net",
    "us-docker.pkg.dev, evil-docker.pkg.dev",
    "us.gcr.io, eu.gcr.io",
    "a.run.app, b.run.app",
    "victim.cloudfront.net, evil.cloudfront.net",
    "victim.s3.amazonaws.com, evil.s3.amazonaws.com",
    "1.dkr.ecr.us-east-1.amazonaws.com, 2.dkr.ecr.us-east-1.amazonaws.com",
    "ec2-1.compute-1.amazonaws.com, ec2-2.compute-1.amazonaws.com",
    "victim.fly.dev, evil.fly.dev",
    "victim.jfrog.io, evil.jfrog.io",
    "10.0.0.1, 10.0.0.2",
    "10.0.0.1, 1.0.0.1",
    "10.0.0.1, evil.0.0.1.example",
    "localhost, evil.localhost",
    "nas.local, evil.local",
    "docker.io, docker.io.evil.com",
    "registry.example.com, evilexample.com",
    "com, evil.com",
  })
  void oneOfAnybodyElseIsNot(String registry, String realm) {
    assertThat(https(registry).mayTrustRealm(https(realm))).isFalse();
    assertThat(https(realm).mayTrustRealm(https(registry))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https, https, true",
    "https, http, false",
    "http, https, true",
    "http, http, true",
  })
  void aSecretIsNotSaidAloudByWhomWeAskInSecret(String registry, String realm, boolean trusted) {
    Origin ours = Origin.of(URI.create(registry + "://registry.example")).orElseThrow();
    Origin theirs = Origin.of(URI.create(realm + "://registry.example")).orElseThrow();
    assertThat(ours.mayTrustRealm(theirs)).isEqualTo(trusted);
    assertThat(ours.mayAskAnonymously(theirs)).isEqualTo(trusted);
  }

  private static Origin https(String host) {
    return Origin.of(URI.create("https://" + host)).orElseThrow();
  }
}
