package dev.sluice.deploy;

/** How the command line is used. */
final class Usage {

  static final String TEXT =
      """
      Usage:
        sluice serve [--config FILE] [--data DIR]   start a node; without FILE on 127.0.0.1:5000
        sluice cluster [--nodes N] ...              a cluster on this machine, to try; --help says more
        sluice check-config FILE                    report every mistake in FILE, start nothing
        sluice check-config FILE --ask-upstreams    and ask every rule's registry, with its credential
        sluice version                              print the version
        sluice help                                 print this

      Every key of the file may come from the environment: SLUICE_ and its path in upper case.""";

  private Usage() {}
}
