package dev.sluice.fetcher.faults;

import static dev.sluice.fetcher.faults.Expected.REFUSED;
import static dev.sluice.fetcher.faults.Expected.SERVED;
import static dev.sluice.fetcher.faults.Mischief.always;
import static dev.sluice.fetcher.faults.Place.DIGEST;
import static dev.sluice.fetcher.faults.Place.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Listener;
import dev.sluice.fetcher.fake.MediaTypes;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import java.util.function.Function;
import java.util.stream.Stream;

/** Manifests that lie about themselves, in their head or in their body. */
final class ManifestRows {

  private static final String TYPE = MediaTypes.OCI.manifest();
  private static final String INDEX = MediaTypes.OCI.index();
  private static final String SCHEMA_1 =
      "application/vnd.docker.distribution.manifest.v1+prettyjws";
  private static final String BEGIN = "{\"schemaVersion\":2,\"mediaType\":\"" + TYPE + "\",";

  private ManifestRows() {}

  static Stream<Row> rows() {
    return Stream.concat(heads(), bodies());
  }

  private static Stream<Row> heads() {
    return Stream.of(
        Row.of("dcd-mismatch", MANIFEST, announcing(i -> i.image().layer(0).toString()), REFUSED),
        Row.of("dcd-other-algo", MANIFEST, announcing(ManifestRows::sha512), SERVED),
        Row.of("dcd-crlf", MANIFEST, announcing(i -> "sha256:a\u0001" + Proof.LIE), REFUSED),
        Row.of("manifest-digest-path-mismatch", DIGEST, ManifestRows::sendAnother, REFUSED),
        Row.of("ct-mismatch", MANIFEST, always(AnswerFaults.contentType(INDEX)), SERVED),
        Row.of(
            "ct-params",
            MANIFEST,
            always(AnswerFaults.contentType(TYPE + "; charset=utf-8")),
            SERVED));
  }

  private static Stream<Row> bodies() {
    return Stream.of(
        Row.of("manifest-deep-json", MANIFEST, being(TYPE, i -> deep()), REFUSED),
        Row.of("manifest-million-layers", MANIFEST, being(TYPE, i -> manyLayers()), SERVED)
            .and(scene -> assertThat(scene.registry().count("GET", FakeRegistry.BLOBS)).isZero()),
        Row.of("manifest-neg-size", MANIFEST, being(TYPE, ManifestRows::senselessSizes), SERVED)
            .and(ManifestRows::layersAreServed),
        Row.of("manifest-urls", MANIFEST, being(TYPE, ManifestRows::foreignLayers), SERVED)
            .and(ManifestRows::layersAreServed)
            .and(scene -> assertThat(scene.registry().count("GET", FakeRegistry.CDN)).isZero()),
        Row.of("manifest-dup-keys", MANIFEST, being(TYPE, i -> twoTypes()), REFUSED),
        Row.of("manifest-dup-keys", MANIFEST, being(TYPE, i -> bothKinds()), REFUSED),
        Row.of("manifest-schema1", MANIFEST, being(SCHEMA_1, i -> schema1()), REFUSED));
  }

  private static Mischief announcing(Function<Scene, String> digest) {
    return scene -> always(AnswerFaults.contentDigest(digest.apply(scene))).strike(scene);
  }

  private static String sha512(Scene scene) {
    return scene.image().bytes().digest(Algorithm.SHA512).toString();
  }

  private static void sendAnother(Scene scene) {
    var other = AnswerFaults.bytesOf(scene.image().digest());
    always(other.and(AnswerFaults.withoutHeader("Docker-Content-Digest"))).strike(scene);
  }

  private static Mischief being(String type, Function<Scene, String> manifest) {
    return scene -> scene.retag(type, manifest.apply(scene));
  }

  private static String deep() {
    int depth = 100_000;
    return BEGIN + "\"layers\":[],\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }

  private static String manyLayers() {
    StringBuilder layers = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      String hex = "%064x".formatted(i);
      layers.append(i == 0 ? "" : ",");
      layers.append("{\"digest\":\"sha256:" + hex + "\",\"size\":" + i + "}");
    }
    return BEGIN + "\"layers\":[" + layers + "]}";
  }

  private static String senselessSizes(Scene scene) {
    return BEGIN
        + "\"layers\":["
        + layer(scene.image().layer(0), "\"size\":-1")
        + ","
        + layer(scene.image().layer(1), "\"size\":9223372036854775808")
        + ","
        + layer(scene.image().layer(2), "\"size\":1e400")
        + "]}";
  }

  private static String foreignLayers(Scene scene) {
    String url = scene.registry().url(Listener.CDN) + "/cdn/foreign";
    String more = "\"size\":" + Scene.SIZE + ",\"urls\":[\"" + url + "\"]";
    return BEGIN
        + "\"layers\":["
        + layer(scene.image().layer(0), more)
        + ","
        + layer(scene.image().layer(1), more)
        + "]}";
  }

  private static String layer(Digest digest, String more) {
    return "{\"digest\":\"" + digest + "\"," + more + "}";
  }

  private static void layersAreServed(Scene scene) {
    assertThat(scene.pulls.layer(0)).isEqualTo(new Seen.Blob());
    assertThat(scene.pulls.layer(1)).isEqualTo(new Seen.Blob());
  }

  private static String twoTypes() {
    return BEGIN + "\"layers\":[],\"mediaType\":\"" + INDEX + "\"}";
  }

  private static String bothKinds() {
    return BEGIN + "\"layers\":[],\"manifests\":[]}";
  }

  private static String schema1() {
    return "{\"schemaVersion\":1,\"name\":\"app\",\"tag\":\"latest\",\"fsLayers\":[]}";
  }
}
