/** A run, or several compared, as one self-contained HTML page with its figures beside it. */
@NullMarked
package fathom.report;

import org.jspecify.annotations.NullMarked;
