package dev.sluice.gateway.matrix;

/** A kind of repository. */
enum Place {
  /** Its rule is open to everybody. */
  OPEN("open/app"),
  /** Its rule has a credential; it is granted to some. */
  GRANTED("granted/app"),
  /** Under the same rule, with nothing in it that others have. */
  OTHER("granted/other"),
  /** Its rule has a credential; it is granted to administrators only. */
  FORBIDDEN("forbidden/app"),
  /** Granted to some, but upstream has it not. */
  MISSING("granted/missing"),
  /** Not granted, and upstream has it not. */
  NOWHERE("forbidden/missing"),
  /** Under no rule. */
  UNRULED("unruled/app");

  final String repository;

  Place(String repository) {
    this.repository = repository;
  }

  boolean exists() {
    return this == OPEN || this == GRANTED || this == OTHER || this == FORBIDDEN;
  }
}
