/** Counted randomness: every draw comes from a seed, a named stream and a number, so that nothing needs to be kept. */
@NullMarked
package fathom.random;

import org.jspecify.annotations.NullMarked;
