package dev.sluice.fetcher.upstream;

import dev.sluice.metadata.Account;
import java.util.Optional;

/**
 * As whom a question goes out.
 *
 * @param credential of the account; empty where it is the anonymous one
 */
record Login(Account account, Optional<Credential> credential) {}
