package dev.sluice.gateway.ecr.rule;

import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A {@code credentialArn}, which names a file under the secrets folder.
 *
 * @param text as the client gave it
 */
record CredentialArn(String text) {

  private static final String SECRET = ":secret:";

  /** What Secrets Manager puts behind a secret's name. */
  private static final Pattern RANDOM_END = Pattern.compile("-[A-Za-z0-9]{6}$");

  private static final Set<String> UP_OR_HERE = Set.of("", ".", "..");

  /** The member, where it is given and names what can be a file. */
  static Optional<CredentialArn> read(Members members) {
    Optional<CredentialArn> arn =
        members.optional("credentialArn", Shape.CREDENTIAL_ARN).map(CredentialArn::new);
    if (arn.isPresent() && !arn.get().isPath()) {
      members.reject("credentialArn", "must name a secret without empty parts, . and ..");
      return Optional.empty();
    }
    return arn;
  }

  /** The files that it may mean, relative to the secrets folder; the first that is there counts. */
  List<String> files() {
    String name = name();
    String bare = RANDOM_END.matcher(name).replaceFirst("");
    return Stream.of(name, bare).distinct().toList();
  }

  /** The secret's name. */
  String name() {
    return text.substring(text.indexOf(SECRET) + SECRET.length());
  }

  private boolean isPath() {
    return files().stream()
        .flatMap(file -> Stream.of(file.split("/", -1)))
        .noneMatch(UP_OR_HERE::contains);
  }
}
