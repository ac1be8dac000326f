/** The engine on libtorch; the only code that knows the native binding. */
@NullMarked
package fathom.engine.torch;

import org.jspecify.annotations.NullMarked;
