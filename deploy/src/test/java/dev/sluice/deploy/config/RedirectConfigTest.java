package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedirectConfigTest {

  @TempDir private Path folder;

  private List<Boolean> redirects(String yaml) {
    Config config = ConfigFixture.in(folder).valid(yaml);
    return config.fileRules().stream().map(rule -> rule.policies().redirect()).toList();
  }

  @Test
  void nobodyIsRedirectedWhereNothingIsSaid() {
    Config config = ConfigFixture.in(folder).valid("{}");

    assertThat(config.storage().s3().redirects()).isEqualTo(new RedirectConfig(false, List.of()));
    assertThat(config.fileRules()).noneMatch(rule -> rule.policies().redirect());
  }

  @Test
  void aRuleCountsBeforeTheDefaultsAndTheseBeforeTheBucket() {
    String rules =
        """
        rules:
          - {prefix: one, upstream: a.example}
          - {prefix: two, upstream: b.example, redirect: true}
          - {prefix: three, upstream: c.example, redirect: false}
        """;

    assertThat(redirects("storage: {type: s3, s3: {bucket: blobs, redirect: true}}\n" + rules))
        .containsExactly(true, true, false);
    assertThat(
            redirects(
                "storage: {type: s3, s3: {bucket: blobs, redirect: true}}\ndefaults: {redirect: false}\n"
                    + rules))
        .containsExactly(false, true, false);
    assertThat(
            redirects(
                "storage: {type: s3, s3: {bucket: blobs}}\ndefaults: {redirect: true}\n" + rules))
        .containsExactly(true, true, false);
    assertThat(redirects("storage: {type: s3, s3: {bucket: blobs}}\n" + rules))
        .containsExactly(false, true, false);
  }

  @Test
  void nobodyCanBeSentToABucketThatIsNotThere() {
    String yaml =
        """
        defaults:
          redirect: true
        rules:
          - {prefix: one, upstream: a.example}
          - prefix: two
            upstream: b.example
            redirect: true
        """;
    String sentence =
        "is true, but storage.type is disk; allowed: false; or storage.type: s3 and storage.s3";

    assertThat(ConfigFixture.in(folder).problems(yaml))
        .extracting(Problem::toString)
        .satisfiesExactly(
            first -> assertThat(first).contains(":2: defaults.redirect: " + sentence),
            second -> assertThat(second).contains(":7: rules[1].redirect: " + sentence));
  }

  @Test
  void thatARuleSendsNobodyNeedsNoBucket() {
    assertThat(
            redirects(
                """
                defaults: {redirect: false}
                rules: [{prefix: one, upstream: a.example, redirect: false}]
                """))
        .containsExactly(false);
  }

  @Test
  void nothingIsSaidOfRedirectsWhereTheStorageIsWrong() {
    assertThat(ConfigFixture.in(folder).problems("storage: {type: s3}\ndefaults: {redirect: true}"))
        .extracting(Problem::key)
        .containsExactly("storage.s3.bucket");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, true",
    "10.2.0.1, false",
    "fd00:0:0:0:0:0:0:1, true",
    "fd00::7%eth0, true",
    "fe80::1, false",
    "::ffff:10.1.2.3, true",
    "what, false"
  })
  void onlyClientsOfTheNetworksAreRedirected(String client, boolean isRedirected) {
    Config config =
        ConfigFixture.in(folder)
            .valid(
                "storage: {type: s3, s3: {bucket: blobs, redirect: true, redirectNetworks: [10.1.0.0/16, \"fd00::/8\"]}}");

    assertThat(config.storage().s3().redirects().reaches(client)).isEqualTo(isRedirected);
    assertThat(new RedirectConfig(true, List.of()).reaches(client)).isTrue();
  }
}
