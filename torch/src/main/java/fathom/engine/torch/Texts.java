package fathom.engine.torch;

import fathom.data.Batch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Where the real tokens of a batch of texts are. Tokens are numbered example by example, padding included; libtorch's
 * recurrent layers want them packed: those of token 0 of all examples first, longest example first, then token 1, without
 * padding. The tensors live in the scope in which they were made.
 *
 * @param real examples × tokens × 1: 1 for a real token, else 0
 * @param lengths examples × 1: how many tokens are real
 * @param order the number of each packed token
 * @param sizes how many examples have a token 0, a token 1 … (on the CPU)
 * @param places where each token is among the packed; those that are not stand for one behind the last
 * @param last the number of each example's last real token
 * @param first the number of each example's first token
 */
record Texts(Tensor real, Tensor lengths, Tensor order, Tensor sizes, Tensor places, Tensor last, Tensor first) {

    static Texts of(Batch batch, Tensors tensors) {
        int tokens = batch.shape().count();
        int examples = batch.size();
        int[] lengths = batch.lengths().length > 0
                ? batch.lengths()
                : IntStream.generate(() -> tokens).limit(examples).toArray();
        var real = new float[examples * tokens];
        var counts = new float[examples];
        var last = new long[examples];
        var first = new long[examples];
        for (int example = 0; example < examples; example++) {
            Arrays.fill(real, example * tokens, example * tokens + lengths[example], 1);
            counts[example] = lengths[example];
            first[example] = (long) example * tokens;
            last[example] = first[example] + lengths[example] - 1;
        }
        int[] longestFirst = IntStream.range(0, examples)
                .boxed()
                .sorted(Comparator.comparingInt(example -> -lengths[example]))
                .mapToInt(Integer::intValue)
                .toArray();
        int count = Arrays.stream(lengths).sum();
        var order = new long[count];
        var sizes = new long[lengths[longestFirst[0]]];
        var places = new long[examples * tokens];
        Arrays.fill(places, count);
        int at = 0;
        for (int token = 0; token < sizes.length; token++) {
            for (int example : longestFirst) {
                if (lengths[example] > token) {
                    places[example * tokens + token] = at;
                    order[at++] = (long) example * tokens + token;
                    sizes[token]++;
                }
            }
        }
        return new Texts(
                tensors.here(torch.tensor(real)).view(examples, tokens, 1),
                tensors.here(torch.tensor(counts)).view(examples, 1),
                tensors.here(torch.tensor(order)),
                torch.tensor(sizes),
                tensors.here(torch.tensor(places)),
                tensors.here(torch.tensor(last)),
                tensors.here(torch.tensor(first)));
    }
}
