package dev.sluice.gateway.ecr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code Authorization} header of a signed request, as it stands there: nothing of it is proved
 * yet.
 *
 * @param day {@code yyyymmdd}
 * @param signedHeaders lower-case names in ascending order, each once
 * @param signature 64 lower-case hex digits
 */
record SignedAuthorization(
    String keyId,
    String day,
    String region,
    String service,
    List<String> signedHeaders,
    String signature) {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /** A key id, and the scope that the signature is for. */
  private static final int CREDENTIAL_PARTS = 5;

  private static final Pattern KEY_ID = Pattern.compile("\\w{1,128}");
  private static final Pattern DAY = Pattern.compile("[0-9]{8}");
  private static final Pattern SCOPE_NAME = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern HEADER_NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,256}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

  /** Reads the header; empty where it is not exactly of the form that clients send. */
  static Optional<SignedAuthorization> parse(String header) {
    if (!header.startsWith(ALGORITHM + ' ')) {
      return Optional.empty();
    }
    Map<String, String> fields = new HashMap<>();
    for (String field : header.substring(ALGORITHM.length()).split(",", -1)) {
      int equals = field.indexOf('=');
      if (equals < 0
          || fields.put(field.substring(0, equals).strip(), field.substring(equals + 1)) != null) {
        return Optional.empty();
      }
    }
    return fields.keySet().equals(Set.of("Credential", "SignedHeaders", "Signature"))
        ? of(
            fields.get("Credential").strip().split("/", -1),
            List.of(fields.get("SignedHeaders").strip().split(";", -1)),
            fields.get("Signature").strip())
        : Optional.empty();
  }

  private static Optional<SignedAuthorization> of(
      String[] credential, List<String> signedHeaders, String signature) {
    boolean isWell =
        credential.length == CREDENTIAL_PARTS
            && KEY_ID.matcher(credential[0]).matches()
            && DAY.matcher(credential[1]).matches()
            && SCOPE_NAME.matcher(credential[2]).matches()
            && SCOPE_NAME.matcher(credential[3]).matches()
            && credential[4].equals("aws4_request")
            && signedHeaders.stream().allMatch(name -> HEADER_NAME.matcher(name).matches())
            && signedHeaders.equals(signedHeaders.stream().distinct().sorted().toList())
            && SIGNATURE.matcher(signature).matches();
    return isWell
        ? Optional.of(
            new SignedAuthorization(
                credential[0],
                credential[1],
                credential[2],
                credential[3],
                signedHeaders,
                signature))
        : Optional.empty();
  }
}
