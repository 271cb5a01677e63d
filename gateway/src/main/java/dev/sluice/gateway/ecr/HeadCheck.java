package dev.sluice.gateway.ecr;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Judges a request by its head, so that most of what is refused never gets a body read. */
final class HeadCheck {

  private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";

  /** What is answered to the name of no operation. */
  static final Failed UNKNOWN =
      new Failed(
          ErrorType.UNKNOWN_OPERATION,
          "Sluice has no such operation; it speaks a part of the Amazon ECR API.");

  private final Registry registry;
  private final Map<String, Operation<?>> operations;
  private final SignatureCheck signatures;

  HeadCheck(Registry registry, List<Operation<?>> operations, SignatureCheck signatures) {
    this.registry = registry;
    this.operations =
        operations.stream().collect(Collectors.toMap(Operation::name, Function.identity()));
    this.signatures = signatures;
  }

  /** What came of judging a head. */
  sealed interface Verdict {}

  /** It may be done, if its body proves the claim. */
  record Accepted(Operation<?> operation, Claim claim) implements Verdict {}

  /**
   * It is refused.
   *
   * @param operation the name of the one that was asked for; empty where there is none of that name
   */
  record Refused(Optional<String> operation, Failed failed) implements Verdict {}

  Verdict judge(HttpServerRequest request) {
    if (isForeign(request.getHeader("Origin"))) {
      return new Refused(
          Optional.empty(),
          new Failed(
              ErrorType.FOREIGN_ORIGIN, "Requests of other sites' pages are not answered here."));
    }
    Operation<?> operation = operation(request.headers().getAll("X-Amz-Target"));
    if (operation == null) {
      return new Refused(Optional.empty(), UNKNOWN);
    }
    return switch (signatures.judge(request.uri(), request.headers())) {
      case SignatureCheck.Verdict.Refused(var failed) ->
          new Refused(Optional.of(operation.name()), failed);
      case SignatureCheck.Verdict.Claimed(var claim) -> new Accepted(operation, claim);
    };
  }

  /** Browsers say which page a request comes from; no other client has an origin. */
  private boolean isForeign(String origin) {
    return origin != null && !origin.equalsIgnoreCase(registry.proxyEndpoint());
  }

  /** The operation of a name; empty where there is none. */
  Optional<Operation<?>> operation(String name) {
    return Optional.ofNullable(operations.get(name));
  }

  private Operation<?> operation(List<String> targets) {
    return targets.size() == 1 && targets.getFirst().startsWith(TARGET)
        ? operations.get(targets.getFirst().substring(TARGET.length()))
        : null;
  }
}
