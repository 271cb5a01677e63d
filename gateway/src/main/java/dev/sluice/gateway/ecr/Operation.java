package dev.sluice.gateway.ecr;

import dev.sluice.metadata.RepositoryName;
import java.util.List;
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
  public static <P> Operation<P> forAdmins(
      String name, Function<Members, P> read, BiFunction<Caller, P, EcrAnswer> act) {
    return new Operation<>(name, read, Permission.admin(), act);
  }

  /** For whoever may pull from the repository that is asked about. */
  public static <P> Operation<P> forPullers(
      String name,
      Function<Members, P> read,
      Function<P, RepositoryName> repository,
      BiFunction<Caller, P, EcrAnswer> act) {
    return new Operation<>(name, read, Permission.puller(repository.andThen(List::of)), act);
  }

  /** The same for several repositories, all of which the caller must be allowed to pull. */
  public static <P> Operation<P> forPullersOfAll(
      String name,
      Function<Members, P> read,
      Function<P, List<RepositoryName>> repositories,
      BiFunction<Caller, P, EcrAnswer> act) {
    return new Operation<>(name, read, Permission.puller(repositories), act);
  }

  /** For everybody with a key: {@code act} itself shows each caller only what is theirs. */
  public static <P> Operation<P> forEverybody(
      String name, Function<Members, P> read, BiFunction<Caller, P, EcrAnswer> act) {
    return new Operation<>(name, read, Permission.everybody(), act);
  }

  /** Answers a request: its members are judged first, then the caller, then it is done. */
  public EcrAnswer answer(Registry registry, Caller caller, Members members) {
    P parameters = read.apply(members);
    if (members.mistake().isPresent()) {
      return members.mistake().get();
    }
    return permission
        .refused(registry, caller, parameters)
        .map(resource -> refusal(registry, caller, resource))
        .orElseGet(() -> act.apply(caller, parameters));
  }

  private EcrAnswer refusal(Registry registry, Caller caller, String resource) {
    return new EcrAnswer.Failed(
        ErrorType.ACCESS_DENIED,
        "User: arn:aws:iam::%s:user/%s is not authorized to perform: ecr:%s on resource: %s"
            .formatted(registry.account(), caller.principal().name(), name, resource));
  }
}
