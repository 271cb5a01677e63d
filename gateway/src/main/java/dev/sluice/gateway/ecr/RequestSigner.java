package dev.sluice.gateway.ecr;

import dev.sluice.gateway.access.AccessKey;
import java.util.Map;
import uk.co.lucasweb.aws.v4.signer.HttpRequest;
import uk.co.lucasweb.aws.v4.signer.Signer;
import uk.co.lucasweb.aws.v4.signer.credentials.AwsCredentials;

/**
 * Signs a request as an AWS client does (Signature Version 4). The only place that knows the
 * library; libraries sign and none verifies, so a verdict is a comparison with this.
 */
final class RequestSigner {

  private static final String SIGNATURE = "Signature=";

  private RequestSigner() {}

  /**
   * The signature of a POST.
   *
   * @param target path and query
   * @param headers the signed ones, {@code x-amz-date} among them
   * @param bodyHash lower-case hex of the body's SHA-256
   * @return 64 lower-case hex digits
   */
  static String sign(
      AccessKey key, String region, String target, Map<String, String> headers, String bodyHash) {
    Signer.Builder builder =
        Signer.builder().awsCredentials(new AwsCredentials(key.id(), key.secret())).region(region);
    headers.forEach(builder::header);
    String authorization =
        builder
            .build(new HttpRequest("POST", target), SignatureCheck.SERVICE, bodyHash)
            .getSignature();
    return authorization.substring(authorization.lastIndexOf(SIGNATURE) + SIGNATURE.length());
  }
}
