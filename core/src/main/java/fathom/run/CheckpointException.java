package fathom.run;

import org.jspecify.annotations.Nullable;

/** A checkpoint that is damaged, or no checkpoint left to go on from; the message names the file and the reason. */
public final class CheckpointException extends RuntimeException {
    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
