package dev.sluice.gateway.ecr.repository;

import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.metadata.Encryption;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** {@code encryptionConfiguration} on the wire. */
final class Encryptions {

  /** Of a repository: an id, an alias or an ARN. */
  static final Shape KEY = Shape.length(1, 2048);

  /** Of a creation template: an ARN or nothing. */
  static final Shape TEMPLATE_KEY =
      Shape.of(0, 2048, "^$|arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key\\/[a-z0-9-]+");

  private static final String MEMBER = "encryptionConfiguration";
  private static final String KMS_KEY = "kmsKey";

  private Encryptions() {}

  private enum Type {
    AES256,
    KMS,
    KMS_DSSE
  }

  /** What a request says; empty where it says nothing. */
  static Optional<Encryption> read(Members members, Shape key) {
    return members.structure(MEMBER, structure -> encryption(structure, key));
  }

  private static Encryption encryption(Members structure, Shape shape) {
    Type type = structure.requiredChoice("encryptionType", Type.class);
    Optional<String> key = structure.optional(KMS_KEY, shape).filter(text -> !text.isEmpty());
    if (type == Type.AES256 && key.isPresent()) {
      structure.reject(KMS_KEY, "must be left out with AES256");
    }
    return type == null ? null : new Encryption(type.name(), key);
  }

  /** Adds the member that shows it. */
  static JsonObject into(JsonObject json, Encryption encryption) {
    JsonObject structure = new JsonObject().put("encryptionType", encryption.type());
    encryption.kmsKey().ifPresent(key -> structure.put(KMS_KEY, key));
    return json.put(MEMBER, structure);
  }
}
