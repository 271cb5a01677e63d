package dev.sluice.gateway.ecr.rule;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import java.util.List;
import java.util.Optional;

/** What came of looking for the file of a credential. */
sealed interface CredentialLookup {

  /**
   * It can be used.
   *
   * @param files as a rule names them; none where the rule has no credential
   */
  record Usable(List<String> files) implements CredentialLookup {}

  /** It cannot. */
  record Unusable(Failed failed) implements CredentialLookup {}

  /** Looks for what an ARN names; for nothing where there is none. */
  static CredentialLookup of(Optional<CredentialArn> arn, CredentialFiles files) {
    return arn.map(given -> of(given, files)).orElseGet(() -> new Usable(List.of()));
  }

  private static CredentialLookup of(CredentialArn arn, CredentialFiles files) {
    for (String name : arn.files()) {
      switch (files.find(name).await()) {
        case USABLE -> {
          return new Usable(List.of(name));
        }
        case UNREADABLE -> {
          return failed(
              ErrorType.UNABLE_TO_DECRYPT_SECRET_VALUE,
              "The secret %s cannot be read: its file must be JSON with username and accessToken.",
              arn);
        }
        case MISSING -> {}
      }
    }
    return failed(
        ErrorType.SECRET_NOT_FOUND,
        "The secret %s does not exist: there is no such file in the secrets folder.",
        arn);
  }

  private static CredentialLookup failed(ErrorType type, String message, CredentialArn arn) {
    return new Unusable(new Failed(type, message.formatted(arn.name())));
  }
}
