package dev.sluice.gateway.ecr;

import dev.sluice.metadata.RepositoryName;
import java.util.function.Function;

/**
 * Who may ask for an operation; judged before anything is looked up.
 *
 * @param <P> the operation's parameters
 */
sealed interface Permission<P> {

  /** Whether a caller may ask with these parameters. */
  boolean allows(Caller caller, P parameters);

  /** The resource that a refusal names. */
  String resource(Registry registry, P parameters);

  /** Administrators only. */
  record Admin<P>() implements Permission<P> {
    @Override
    public boolean allows(Caller caller, P parameters) {
      return caller.isAdmin();
    }

    @Override
    public String resource(Registry registry, P parameters) {
      return "*";
    }
  }

  /** Whoever may pull from the repository that is asked about. */
  record Puller<P>(Function<P, RepositoryName> repository) implements Permission<P> {
    @Override
    public boolean allows(Caller caller, P parameters) {
      return caller.mayPull(repository.apply(parameters));
    }

    @Override
    public String resource(Registry registry, P parameters) {
      return registry.repositoryArn(repository.apply(parameters));
    }
  }

  /** Everybody with a key; the operation shows each caller what is theirs. */
  record Everybody<P>() implements Permission<P> {
    @Override
    public boolean allows(Caller caller, P parameters) {
      return true;
    }

    @Override
    public String resource(Registry registry, P parameters) {
      return "*";
    }
  }
}
