package fathom.data;

/** The three parts of a data set: to learn from, to choose by, to judge by. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST
}
