/** The run store: run folders, checkpoints, resume. */
@NullMarked
package fathom.run;

import org.jspecify.annotations.NullMarked;
