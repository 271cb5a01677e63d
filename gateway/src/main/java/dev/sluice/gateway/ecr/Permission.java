package dev.sluice.gateway.ecr;

import dev.sluice.metadata.RepositoryName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who may ask for an operation; judged before anything is looked up.
 *
 * @param <P> the operation's parameters
 */
@FunctionalInterface
interface Permission<P> {

  /** The resource that a caller may not ask about in this way; empty where they may. */
  Optional<String> refused(Registry registry, Caller caller, P parameters);

  /** Administrators only. */
  static <P> Permission<P> admin() {
    return (registry, caller, parameters) -> caller.isAdmin() ? Optional.empty() : Optional.of("*");
  }

  /** Whoever may pull from every repository that is asked about; everybody where there is none. */
  static <P> Permission<P> puller(Function<P, List<RepositoryName>> repositories) {
    return (registry, caller, parameters) ->
        repositories.apply(parameters).stream()
            .filter(name -> !caller.mayPull(name))
            .findFirst()
            .map(registry::repositoryArn);
  }

  /** Everybody with a key; the operation shows each caller what is theirs. */
  static <P> Permission<P> everybody() {
    return (registry, caller, parameters) -> Optional.empty();
  }
}
