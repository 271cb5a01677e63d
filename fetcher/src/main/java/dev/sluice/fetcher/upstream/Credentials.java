package dev.sluice.fetcher.upstream;

import java.util.Optional;

/** The credentials that rules name. */
public interface Credentials {

  /** A credential as it is now; empty where there is none of that name, or it cannot be read. */
  Optional<Credential> find(String name);
}
