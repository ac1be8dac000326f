/** Records from YAML or JSON and back: one binder for specs, models and run folders. Uses nothing of the house. */
@NullMarked
package fathom.config;

import org.jspecify.annotations.NullMarked;
