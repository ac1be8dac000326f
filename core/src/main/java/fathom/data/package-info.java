/** Data sets, splits and batches as plain Java arrays. */
@NullMarked
package fathom.data;

import org.jspecify.annotations.NullMarked;
