package dev.sluice.gateway.ecr;

import dev.sluice.metadata.RepositoryName;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One operation of the API.
 *
 * @param name as it stands in {@code X-Amz-Target}
 * @param read takes the parameters out of the request; what it returns counts only where it noted
 *     no mistake
 * @param act runs on a virtual thread and may await; never called without permission
 * @param <P> the parameters
 */
public record Operation<P>(
    String name,
    Function<Members, P> read,
    Permission<P> permission,
    BiFunction<Caller, P, EcrAnswer> act) {

  /** For administrators, which is the rule. */
  static <P> Operation<P> forAdmins(
      String name, Function<Members, P> read, BiFunction<Caller, P, EcrAnswer> act) {
    return new Operation<>(name, read, new Permission.Admin<>(), act);
  }

  /** For whoever may pull from the repository that is asked about. */
  static <P> Operation<P> forPullers(
      String name,
      Function<Members, P> read,
      Function<P, RepositoryName> repository,
      BiFunction<Caller, P, EcrAnswer> act) {
    return new Operation<>(name, read, new Permission.Puller<>(repository), act);
  }

  /** For everybody with a key: {@code act} itself shows each caller only what is theirs. */
  static <P> Operation<P> forEverybody(
      String name, Function<Members, P> read, BiFunction<Caller, P, EcrAnswer> act) {
    return new Operation<>(name, read, new Permission.Everybody<>(), act);
  }

  /** Answers a request: its members are judged first, then the caller, then it is done. */
  EcrAnswer answer(Registry registry, Caller caller, Members members) {
    P parameters = read.apply(members);
    if (members.mistake().isPresent()) {
      return members.mistake().get();
    }
    if (!permission.allows(caller, parameters)) {
      return refusal(registry, caller, permission.resource(registry, parameters));
    }
    return act.apply(caller, parameters);
  }

  private EcrAnswer refusal(Registry registry, Caller caller, String resource) {
    return new EcrAnswer.Failed(
        ErrorType.ACCESS_DENIED,
        "User: arn:aws:iam::%s:user/%s is not authorized to perform: ecr:%s on resource: %s"
            .formatted(registry.account(), caller.principal().name(), name, resource));
  }
}
