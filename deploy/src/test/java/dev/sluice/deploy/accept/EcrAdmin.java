package dev.sluice.deploy.accept;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Who may do everything over the ECR API of a test's nodes. */
final class EcrAdmin {
  static final String ID = "AKIASLUICEADMIN00001";
  static final String SECRET = "the secret of the tests' administrator";

  private EcrAdmin() {}

  /** The item of YAML under {@code access.keys}; the secret is written into the folder. */
  static String yaml(Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("administrator"), SECRET);
    return "{ id: %s, secretFile: %s, grants: [admin] }".formatted(ID, file);
  }

  /** Amazon's client for a node; it asks once. */
  static EcrClient client(SluiceNode node) {
    return EcrClient.builder()
        .endpointOverride(URI.create("http://" + node.registry()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, SECRET)))
        .overrideConfiguration(each -> each.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }
}
