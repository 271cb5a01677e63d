/** The typed configuration of a node: one YAML file, laid over by the environment. */
package dev.sluice.deploy.config;
