/** The operations on the images of a repository, and on the layers of those. */
package dev.sluice.gateway.ecr.image;
