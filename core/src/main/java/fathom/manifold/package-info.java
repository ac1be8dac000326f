/**
 * Principal components, exact nearest neighbours and t-SNE: float matrices in, float matrices out.
 *
 * <p>The package stands alone: it uses the JDK and nothing of the house. Where the module {@code jdk.incubator.vector} is
 * present ({@code --add-modules jdk.incubator.vector}) its inner loops are vectorised; where it is absent plain loops take their
 * place, slower but right. Short-lived programs are faster still if threads wait for the compiler here
 * ({@code -XX:CompileCommand=BackgroundCompilation,fathom.manifold.*::*,false}): until a vector loop is compiled it is a hundred
 * times slower, so going on meanwhile is no gain.
 */
@NullMarked
package fathom.manifold;

import org.jspecify.annotations.NullMarked;
