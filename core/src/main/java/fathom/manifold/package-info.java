/**
 * Principal components, exact nearest neighbours and t-SNE: float matrices in, float matrices out.
 *
 * <p>The package stands alone: it uses the JDK and nothing of the house. Where the module {@code jdk.incubator.vector} is
 * present its inner loops are vectorised; where it is absent plain loops take their place.
 */
@NullMarked
package fathom.manifold;

import org.jspecify.annotations.NullMarked;
