/** The seam between the product and whatever computes: nothing above knows what a tensor is. */
@NullMarked
package fathom.engine;

import org.jspecify.annotations.NullMarked;
