package dev.sluice.gateway.ecr;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A request that says to come from the holder of a key; its body proves it or not.
 *
 * @param target path and query
 * @param signed the signed headers
 */
record Claim(
    AccessKey key, SignedAuthorization authorization, String target, Map<String, String> signed) {

  /** In AWS' words. */
  static final Failed MISMATCH =
      new Failed(
          ErrorType.INVALID_SIGNATURE,
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method. Consult the service documentation"
              + " for details.");

  /** A body as it came, and that it proves the claim noted; or what speaks against that. */
  RequestBody proof(EcrExchange exchange, byte[] body) {
    Optional<Failed> objection = objection(body);
    if (objection.isPresent()) {
      return new RequestBody.Unusable(objection.get());
    }
    exchange.provedBy(key.id());
    return new RequestBody.Whole(body);
  }

  /** What speaks against it, given the body as it came; empty where it is proved. */
  Optional<Failed> objection(byte[] body) {
    String hash = HexFormat.of().formatHex(sha256(body));
    String told = signed.getOrDefault("x-amz-content-sha256", hash);
    String expected = RequestSigner.sign(key, authorization.region(), target, signed, hash);
    boolean isProved = isSame(expected, authorization.signature()) && isSame(hash, told);
    return isProved ? Optional.empty() : Optional.of(MISMATCH);
  }

  /** Takes as long for any two texts of a length, so that nobody finds one digit by digit. */
  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(US_ASCII), other.getBytes(US_ASCII));
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
