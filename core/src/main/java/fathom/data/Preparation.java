package fathom.data;

import fathom.model.Shape;

/** How a picture from anywhere is brought to the kind of pictures that a network was trained on. */
public enum Preparation {
    /** Colours become grey where the network expects grey, and the size is brought to the network's; nothing else. */
    AS_DRAWN,

    /**
     * As MNIST was made (LeCun et al. 1998): strokes bright on black whatever they were before, fitted into 20×20 pixels with
     * their aspect kept, and put into 28×28 pixels by their centre of mass.
     */
    DIGIT,

    /**
     * As Fashion-MNIST was made (Xiao, Rasul and Vollgraf 2017, section 2), but for its sharpening: grey, bright on black,
     * trimmed, the longer side brought to 28 pixels and centred.
     */
    GARMENT;

    /** The one that suits a network's training pictures; pictures of folders and of colour are taken as drawn. */
    public static Preparation usual(Data data, Shape input) {
        boolean grey = input.rank() == 3 && input.size(0) == 1;
        return switch (data.set()) {
            case "mnist", "toy-digits" -> grey ? DIGIT : AS_DRAWN;
            case "fashion-mnist" -> grey ? GARMENT : AS_DRAWN;
            default -> AS_DRAWN;
        };
    }
}
