/** The built-in experiments, one file for each report. */
@NullMarked
package fathom.experiment;

import org.jspecify.annotations.NullMarked;
