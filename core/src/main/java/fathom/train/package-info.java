/** One visible training loop, its schedules, stops and events. */
@NullMarked
package fathom.train;

import org.jspecify.annotations.NullMarked;
