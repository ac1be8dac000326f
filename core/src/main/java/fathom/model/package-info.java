/** A network as a value: layers, shapes, parameters, named places to tap. No tensors. */
@NullMarked
package fathom.model;

import org.jspecify.annotations.NullMarked;
