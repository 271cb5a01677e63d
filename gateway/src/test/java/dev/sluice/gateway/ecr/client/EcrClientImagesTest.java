package dev.sluice.gateway.ecr.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.gateway.ecr.live.Images;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.storage.Digest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.LayerFailureCode;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotEmptyException;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** Images and layers, by the AWS SDK for Java. */
class EcrClientImagesTest {

  private static final String NAME = "team/app";
  @AutoClose private final EcrClientBench bench = new EcrClientBench();
  private final EcrClient client = bench.client;
  private ImageRecord child;
  private ImageRecord index;

  @BeforeEach
  void fill() {
    child = bench.operations.keep(Images.image("child", 90));
    index = bench.operations.keep(Images.index("index", child), "latest", "v1");
  }

  @Test
  void imagesAreDescribedAndListed() {
    ImageDetail detail =
        client
            .describeImages(each -> each.repositoryName(NAME).imageIds(tag("latest")))
            .imageDetails()
            .getFirst();

    assertThat(detail.imageDigest()).isEqualTo(index.digest().toString());
    assertThat(detail.imageTags()).containsExactly("latest", "v1");
    assertThat(detail.imageSizeInBytes()).isEqualTo(100);
    assertThat(detail.imagePushedAt()).isEqualTo(Images.NOON);
    assertThat(
            client
                .listImages(
                    each ->
                        each.repositoryName(NAME)
                            .filter(filter -> filter.tagStatus(TagStatus.UNTAGGED)))
                .imageIds())
        .containsExactly(digest(child.digest()));
    assertThat(
            client.listImagesPaginator(each -> each.repositoryName(NAME).maxResults(1)).imageIds())
        .hasSize(3);
    assertThatExceptionOfType(ImageNotFoundException.class)
        .isThrownBy(
            () -> client.describeImages(each -> each.repositoryName(NAME).imageIds(tag("none"))))
        .withMessageContaining(
            "The image with imageId {imageDigest:'null', imageTag:'none'} does not exist");
  }

  @Test
  void manifestsAreFetched() {
    Digest digest = bench.operations.store("{ \"schemaVersion\": 2 }");
    bench.operations.fetch.manifests(
        new Found(
            new Descriptor(digest, Images.MANIFEST, 22),
            Provenance.MISS,
            Optional.empty(),
            Images.NOON,
            Optional.empty()),
        new Refused(Refused.Reason.TOO_MANY_REQUESTS, "later", Duration.ZERO));

    var answer =
        client.batchGetImage(
            each -> each.repositoryName(NAME).imageIds(tag("latest"), tag("next")));

    assertThat(answer.images().getFirst().imageManifest()).isEqualTo("{ \"schemaVersion\": 2 }");
    assertThat(answer.failures().getFirst().failureCode())
        .isEqualTo(ImageFailureCode.UPSTREAM_TOO_MANY_REQUESTS);
  }

  @Test
  void imagesAreDeleted() {
    assertThatExceptionOfType(RepositoryNotEmptyException.class)
        .isThrownBy(() -> client.deleteRepository(each -> each.repositoryName(NAME)));
    var held =
        client.batchDeleteImage(
            each -> each.repositoryName(NAME).imageIds(digest(child.digest()), tag("v1")));

    assertThat(held.imageIds())
        .containsExactly(digest(index.digest()).toBuilder().imageTag("v1").build());
    assertThat(held.failures().getFirst().failureCode())
        .isEqualTo(ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST);

    var all =
        client.batchDeleteImage(
            each ->
                each.repositoryName(NAME).imageIds(digest(child.digest()), digest(index.digest())));

    assertThat(all.imageIds()).hasSize(2);
    assertThat(client.describeImages(each -> each.repositoryName(NAME)).imageDetails()).isEmpty();
  }

  @Test
  void referrersAreListed() {
    Digest sbom = bench.operations.store("{\"annotations\":{\"made\":\"today\"}}");
    bench.operations.keep(Images.referrer(sbom, 34, "text/spdx", child.digest()));

    var referrer =
        client
            .listImageReferrers(
                each ->
                    each.repositoryName(NAME)
                        .subjectId(id -> id.imageDigest(child.digest().toString()))
                        .filter(filter -> filter.artifactTypes("text/spdx")))
            .referrers()
            .getFirst();

    assertThat(referrer.digest()).isEqualTo(sbom.toString());
    assertThat(referrer.annotations()).containsEntry("made", "today");
  }

  @Test
  void layers() {
    String layer = Images.digest("child layer").toString();

    assertThat(
            client
                .getDownloadUrlForLayer(each -> each.repositoryName(NAME).layerDigest(layer))
                .downloadUrl())
        .startsWith("http://127.0.0.1:5000/v2/team/app/blobs/" + layer + "?ticket=");
    assertThatExceptionOfType(LayersNotFoundException.class)
        .isThrownBy(
            () ->
                client.getDownloadUrlForLayer(
                    each -> each.repositoryName(NAME).layerDigest("sha256:abc")));
    var checked =
        client.batchCheckLayerAvailability(
            each -> each.repositoryName(NAME).layerDigests(layer, "nonsense"));
    assertThat(checked.layers().getFirst().layerAvailability())
        .isEqualTo(LayerAvailability.AVAILABLE);
    assertThat(checked.layers().getFirst().layerSize()).isEqualTo(90);
    assertThat(checked.failures().getFirst().failureCode())
        .isEqualTo(LayerFailureCode.INVALID_LAYER_DIGEST);
  }

  private static ImageIdentifier tag(String tag) {
    return ImageIdentifier.builder().imageTag(tag).build();
  }

  private static ImageIdentifier digest(Digest digest) {
    return ImageIdentifier.builder().imageDigest(digest.toString()).build();
  }
}
