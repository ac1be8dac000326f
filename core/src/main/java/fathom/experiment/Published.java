package fathom.experiment;

import java.util.List;

/**
 * A result that others have published.
 *
 * @param what the classifier
 * @param accuracy on the test examples, 0 … 1
 * @param source who says so
 */
public record Published(String what, double accuracy, String source) {
    private static final String LECUN = "LeCun, Bottou, Bengio and Haffner 1998";
    private static final String SOCHER = "Socher et al. 2013";
    private static final String TAI = "Tai, Socher and Manning 2015";
    private static final String FASHION_LIST = "list of benchmarks of the data set's authors";

    /** On the test digits of MNIST. */
    static final List<Published> ON_DIGITS = List.of(
            new Published("linear classifier", 0.88, LECUN),
            new Published("nearest neighbours, Euclidean", 0.95, LECUN),
            new Published("LeNet-1", 0.983, LECUN),
            new Published("LeNet-5", 0.9905, LECUN),
            new Published("LeNet-5, distorted digits added", 0.992, LECUN));

    /** On the test garments of Fashion-MNIST. */
    static final List<Published> ON_GARMENTS = List.of(
            new Published("MLP 256-128-100", 0.883, FASHION_LIST),
            new Published("2 convolutions with pooling", 0.916, FASHION_LIST),
            new Published("HOG and SVM", 0.926, FASHION_LIST),
            new Published("2 convolutions, 3 linear layers", 0.932, FASHION_LIST),
            new Published("VGG16", 0.935, FASHION_LIST),
            new Published("ResNet18", 0.949, FASHION_LIST),
            new Published("MobileNet", 0.95, FASHION_LIST));

    /** On the 1,821 test sentences of the Stanford Sentiment Treebank, two classes. */
    static final List<Published> ON_REVIEWS = List.of(
            new Published("naive Bayes, word counts", 0.818, SOCHER),
            new Published("recursive network", 0.824, SOCHER),
            new Published("CNN, vectors from scratch", 0.827, "Kim 2014"),
            new Published("recursive tensor network", 0.854, SOCHER),
            new Published("LSTM, pretrained vectors", 0.849, TAI),
            new Published("LSTM of both directions, pretrained vectors", 0.875, TAI),
            new Published("CNN, pretrained vectors", 0.872, "Kim 2014"));
}
