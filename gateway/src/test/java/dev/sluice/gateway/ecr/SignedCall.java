package dev.sluice.gateway.ecr;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.storage.Digest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Makes requests as AWS' command line does. */
public final class SignedCall {

  public static final String SERVICE = "AmazonEC2ContainerRegistry_V20150921.";

  private final Map<String, String> signed = new TreeMap<>();
  private final Map<String, String> unsigned = new LinkedHashMap<>();
  private final byte[] body;

  /**
   * @param target the whole of {@code X-Amz-Target}
   */
  public SignedCall(String target, byte[] body) {
    this.body = body;
    signed.put("content-type", "application/x-amz-json-1.1");
    signed.put("host", "x");
    signed.put("x-amz-target", target);
    unsigned.put("content-length", Integer.toString(body.length));
  }

  /** Sets a header that is not signed, or signed already. */
  public SignedCall with(String header, String value) {
    (signed.containsKey(header) ? signed : unsigned).put(header, value);
    return this;
  }

  /** Signs it as of a moment. */
  public SignedCall by(AccessKey key, Instant now) {
    signed.put("x-amz-date", new SigningTime(now).toString());
    String hash = Digest.sha256(body).hex();
    String scope = new SigningTime(now).day() + "/us-east-1/ecr/aws4_request";
    unsigned.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                key.id(),
                scope,
                String.join(";", signed.keySet()),
                RequestSigner.sign(key, "us-east-1", "/", signed, hash)));
    return this;
  }

  /** The head of the request as it goes over the wire. */
  public String head() {
    StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
    signed.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    unsigned.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head + "\r\n";
  }

  /** The whole request; every byte of the body is a character of it. */
  public String text() {
    return head() + new String(body, ISO_8859_1);
  }
}
