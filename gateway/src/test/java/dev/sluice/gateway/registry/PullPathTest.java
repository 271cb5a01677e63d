package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.registry.PullRequest.Blob;
import dev.sluice.gateway.registry.PullRequest.Catalog;
import dev.sluice.gateway.registry.PullRequest.Malformed;
import dev.sluice.gateway.registry.PullRequest.Manifest;
import dev.sluice.gateway.registry.PullRequest.Ping;
import dev.sluice.gateway.registry.PullRequest.Referrers;
import dev.sluice.gateway.registry.PullRequest.Tags;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PullPathTest {

  private static final Digest SHA256 = Digest.parse("sha256:" + "0a".repeat(32)).orElseThrow();
  private static final Digest SHA512 = Digest.parse("sha512:" + "0a".repeat(64)).orElseThrow();

  @ParameterizedTest
  @ValueSource(strings = {"/v2/", "/v2"})
  void theRootIsAPing(String path) {
    assertThat(PullPath.parse(path, null)).isEqualTo(new Ping());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a/b",
        "docker-hub/library/alpine",
        "a.b/c_d/e__f/g---h",
        "0/1/2",
        "manifests",
        "blobs/manifests",
        "a/manifests/blobs/tags/list",
        "v2/v2"
      })
  void everyLegalNameIsTaken(String name) {
    RepositoryName repository = RepositoryName.parse(name).orElseThrow();
    assertThat(PullPath.parse("/v2/" + name + "/manifests/latest", null))
        .isEqualTo(new Manifest(repository, new Reference.Tag("latest")));
    assertThat(PullPath.parse("/v2/" + name + "/manifests/" + SHA512, null))
        .isEqualTo(new Manifest(repository, new Reference.ByDigest(SHA512)));
    assertThat(PullPath.parse("/v2/" + name + "/blobs/" + SHA256, null))
        .isEqualTo(new Blob(repository, SHA256));
    assertThat(PullPath.parse("/v2/" + name + "/tags/list", null))
        .isEqualTo(new Tags(repository, Map.of()));
  }

  @Test
  void namesMayHave255CharactersAndTags128() {
    String path = "/v2/" + "a".repeat(255) + "/manifests/" + "T".repeat(128);
    assertThat(PullPath.parse(path, null)).isInstanceOf(Manifest.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "a/../b",
        "a/./b",
        "a/..",
        "..%2f..",
        "%2e%2e/a",
        "%252e%252e",
        "a%2Fb",
        "a%00",
        "a\0b",
        "a%0d%0aX",
        "a\\b",
        "a//b",
        "/a",
        "a/",
        "",
        "Library/Alpine",
        "a/B",
        "-a",
        "a-",
        "a.",
        "a..b",
        "a___b",
        "a._b",
        "a b",
        "a:5000/b",
        "a@b",
        "a+b",
        "ä",
        "不"
      })
  void whatIsNoNameIsRefusedWhateverIsAskedOfIt(String name) {
    assertRefused("/v2/" + name + "/manifests/latest", 400, "NAME_INVALID");
    assertRefused("/v2/" + name + "/blobs/" + SHA256, 400, "NAME_INVALID");
    assertRefused("/v2/" + name + "/tags/list", 400, "NAME_INVALID");
  }

  @Test
  void aNameOf256CharactersIsRefused() {
    assertRefused("/v2/" + "a".repeat(256) + "/manifests/latest", 400, "NAME_INVALID");
    assertRefused("/v2/" + "a/".repeat(1000) + "a/tags/list", 400, "NAME_INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".latest", "-rf", "a%2fb", "a%00", "a\0", "a b", "a+b", "a@b", "ä", "a#b"})
  void whatIsNoTagIsRefused(String tag) {
    assertRefused("/v2/a/manifests/" + tag, 400, "MANIFEST_INVALID");
  }

  @Test
  void aTagOf129CharactersIsRefused() {
    assertRefused("/v2/a/manifests/" + "t".repeat(129), 400, "MANIFEST_INVALID");
  }

  @ParameterizedTest
  @CsvSource({
    "manifests, sha1",
    "manifests, SHA256",
    "manifests, md5",
    "blobs, sha1",
    "blobs, SHA256"
  })
  void onlyKnownDigestsAreTaken(String kind, String algorithm) {
    assertRefused("/v2/a/" + kind + "/" + algorithm + ":" + SHA256.hex(), 400, "DIGEST_INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "latest", "sha256:", "sha256:abc", "sha256", ":", "%20", "sha256:..%2f..%2f"})
  void whatIsNoDigestIsRefused(String digest) {
    assertRefused("/v2/a/blobs/" + digest, 400, "DIGEST_INVALID");
  }

  @Test
  void digestsAreOfTheirOwnLengthAndInLowerCaseHex() {
    for (String hex :
        new String[] {
          SHA512.hex(), SHA256.hex().substring(1), "0A".repeat(32), "0g".repeat(32), "0a".repeat(31)
        }) {
      assertRefused("/v2/a/blobs/sha256:" + hex, 400, "DIGEST_INVALID");
      assertRefused("/v2/a/manifests/sha256:" + hex, 400, "DIGEST_INVALID");
    }
    assertRefused("/v2/a/blobs/" + SHA256 + "%20", 400, "DIGEST_INVALID");
    assertRefused("/v2/a/manifests/latest@" + SHA256, 400, "DIGEST_INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/",
        "/V2/",
        "/v2x",
        "//v2/",
        "/v2/x",
        "/v2/manifests/latest",
        "/v2/tags/list",
        "/v2/a/tags/",
        "/v2/a/tags/list/",
        "/v2/a/manifests/latest/",
        "/v2/a/blobs/sha256:0a/",
        "/v2/a/blobs/uploads/",
        "/v2/_catalog/",
        "/v2/a/_catalog",
        "/v2/../../../../etc/passwd",
        "/x/v2/a/manifests/latest",
        "/v2/a/Manifests/latest"
      })
  void whatIsNoPullIsNotHere(String path) {
    assertRefused(path, 404, "NAME_UNKNOWN");
  }

  @Test
  void pagesOfTagsAreNamedInTheQuery() {
    RepositoryName a = new RepositoryName("a");
    assertThat(PullPath.parse("/v2/a/tags/list", "n=5&last=v1"))
        .isEqualTo(new Tags(a, Map.of("n", "5", "last", "v1")));
    assertThat(PullPath.parse("/v2/a/tags/list", "ns=docker.io")).isEqualTo(new Tags(a, Map.of()));
    assertThat(PullPath.parse("/v2/a/tags/list", "n=-1"))
        .isInstanceOfSatisfying(
            Malformed.class,
            bad -> assertThat(bad.error().code()).isEqualTo("PAGINATION_NUMBER_INVALID"));
  }

  @Test
  void referrersAreNamedByTheirSubject() {
    RepositoryName a = new RepositoryName("a/referrers");
    assertThat(
            PullPath.parse(
                "/v2/a/referrers/referrers/" + SHA512, "n=5&artifactType=x/y%2Bz&last=" + SHA256))
        .isEqualTo(new Referrers(a, SHA512, List.of("x/y+z"), new Paging(5, SHA256.toString())));
    assertThat(PullPath.parse("/v2/a/referrers/referrers/" + SHA256, null))
        .isEqualTo(new Referrers(a, SHA256, List.of(), new Paging(Paging.MAX, "")));
    assertRefused("/v2/a/referrers/latest", 400, "DIGEST_INVALID");
  }

  @Test
  void theCatalogIsPaged() {
    assertThat(PullPath.parse("/v2/_catalog", null))
        .isEqualTo(new Catalog(new Paging(Paging.MAX, "")));
    assertThat(PullPath.parse("/v2/_catalog", "n=99999999999&last=a%2Fb"))
        .isEqualTo(new Catalog(new Paging(Paging.MAX, "a/b")));
    assertThat(PullPath.parse("/v2/_catalog", "n=x")).isInstanceOf(Malformed.class);
  }

  private static void assertRefused(String path, int status, String code) {
    assertThat(PullPath.parse(path, null))
        .as(path)
        .isInstanceOfSatisfying(
            Malformed.class,
            malformed -> {
              assertThat(malformed.error().status()).isEqualTo(status);
              assertThat(malformed.error().code()).isEqualTo(code);
            });
  }
}
