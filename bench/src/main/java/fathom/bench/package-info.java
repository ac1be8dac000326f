/** Benchmarks: Fathom beside its peers, in one run, in turns. */
@NullMarked
package fathom.bench;

import org.jspecify.annotations.NullMarked;
