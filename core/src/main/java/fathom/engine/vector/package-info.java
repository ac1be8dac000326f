/**
 * The engine in pure Java: a network becomes a plan of fused loops over one array of floats.
 *
 * <p>One idea carries it: <b>the lanes of a vector are pictures</b>. A group of as many examples as a vector has lanes lies
 * side by side, so that number {@code e} of an example is one vector, {@code memory[e·lanes … e·lanes + lanes − 1]}. Every
 * layer, whatever its kernel, stride or number of channels, is then made of whole vectors, and nothing has a remainder.
 * Matrix products and convolutions, forward and backward, are one loop ({@link fathom.engine.vector.Kernels#product}):
 * a sum of weight × vector at offsets that a table gives. A convolution 3×3 of many channels first turns
 * tiles of its pictures into numbers of which fewer products are needed ({@link fathom.engine.vector.WinogradLoops}).
 *
 * <p>Read in this order: {@link fathom.engine.vector.Planner} (layers to operations), {@link fathom.engine.vector.Value}
 * and {@link fathom.engine.vector.Layout} (where numbers lie), {@link fathom.engine.vector.Schedule} and {@link
 * fathom.engine.vector.Leg} (what runs when), one operation, say {@link fathom.engine.vector.Convolution} with its {@link fathom.engine.vector.WindowSums}, and its loop in
 * {@link fathom.engine.vector.VectorKernels} and {@link fathom.engine.vector.Tile4x6}.
 */
@NullMarked
package fathom.engine.vector;

import org.jspecify.annotations.NullMarked;
