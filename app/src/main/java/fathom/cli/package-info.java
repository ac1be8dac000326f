/** The command line: results on standard output, progress and messages on standard error. */
@NullMarked
package fathom.cli;

import org.jspecify.annotations.NullMarked;
