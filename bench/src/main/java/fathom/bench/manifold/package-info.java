/** Principal components, neighbours and t-SNE beside scikit-learn, in turns. */
@NullMarked
package fathom.bench.manifold;

import org.jspecify.annotations.NullMarked;
