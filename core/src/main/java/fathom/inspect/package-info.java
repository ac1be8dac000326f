/** What one can see in a run: answers and mistakes, activations and their projections, probes, filters: records of numbers. */
@NullMarked
package fathom.inspect;

import org.jspecify.annotations.NullMarked;
