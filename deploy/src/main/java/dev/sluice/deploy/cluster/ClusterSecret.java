package dev.sluice.deploy.cluster;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What every node of a cluster knows and no stranger does. Nothing is ever shown or sent of it but
 * what is derived from it, each purpose its own (RFC 5869, the expansion step).
 */
public final class ClusterSecret {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /** Of the text in the cluster's secret file. */
  public ClusterSecret(String text) {
    key = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** 32 bytes for one purpose. */
  public byte[] derive(String purpose) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(("sluice " + purpose + '\1').getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }

  /** The name of the cluster among Hazelcast's: whoever does not know the secret cannot join. */
  String clusterName(String name) {
    return name + '-' + HexFormat.of().formatHex(derive("name of the cluster " + name), 0, 16);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ClusterSecret";
  }
}
