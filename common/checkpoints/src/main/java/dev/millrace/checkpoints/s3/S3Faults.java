package dev.millrace.checkpoints.s3;

import dev.millrace.checkpoints.bucket.BucketAccessDeniedException;
import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.PreconditionFailedException;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InsufficientDataException;
import io.minio.errors.InternalException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Tells the client's errors apart: what is absent, refused by condition, denied, or worth another try. */
final class S3Faults {
    private S3Faults() {}

    /** Makes a call; the client hides errors in IllegalStateException and CompletionException, which are brought back to their own kind. */
    static <T> T ask(final Call<T> call) throws MinioException {
        try {
            return call.make();
        } catch (IllegalStateException | CompletionException e) {
            throw e.getCause() instanceof MinioException own ? own : new MinioException(e);
        }
    }

    private static boolean isAbsent(final MinioException fault) {
        return fault instanceof ErrorResponseException response
                && response.errorResponse().code().equals("NoSuchKey");
    }

    static boolean isWithoutBucket(final MinioException fault) {
        return fault instanceof ErrorResponseException response
                && response.errorResponse().code().equals("NoSuchBucket");
    }

    static boolean isTaken(final MinioException fault) {
        return fault instanceof ErrorResponseException response
                && response.errorResponse().code().startsWith("BucketAlready");
    }

    static BucketException of(final String key, final MinioException fault) {
        if (fault instanceof ErrorResponseException response) {
            return ofStatus(
                    key, response.response().code(), response.errorResponse().code(), fault);
        }
        final boolean transientFault = isNetwork(fault)
                || fault instanceof ServerException
                || fault instanceof InvalidResponseException
                || fault instanceof InsufficientDataException
                || fault instanceof InternalException
                || fault instanceof XmlParserException;
        final String message = key + ": " + fault.getMessage();
        return transientFault ? new BucketUnavailableException(message, fault) : new BucketException(message, fault);
    }

    static BucketException ofPut(final String key, final Condition condition, final MinioException fault) {
        // S3 answers If-Match on a key that is not there with 404.
        return condition instanceof Condition.IfMatch && isAbsent(fault)
                ? new PreconditionFailedException(key)
                : of(key, fault);
    }

    static <T> Optional<T> absentOrThrow(final String key, final MinioException fault) {
        if (isAbsent(fault)) {
            return Optional.empty();
        }
        throw of(key, fault);
    }

    private static BucketException ofStatus(
            final String key, final int status, final String code, final MinioException fault) {
        final String message = key + ": the bucket answered " + status + " " + code;
        return switch (status) {
            case 412 -> new PreconditionFailedException(key);
            case 401, 403 -> new BucketAccessDeniedException(message, fault);
            case 408, 409, 429 -> new BucketUnavailableException(message, fault);
            // What the server does not know today it does not know tomorrow.
            case 501 -> new BucketException(message, fault);
            default ->
                status >= 500 ? new BucketUnavailableException(message, fault) : new BucketException(message, fault);
        };
    }

    private static boolean isNetwork(final MinioException fault) {
        return Stream.<Throwable>iterate(fault, Objects::nonNull, Throwable::getCause)
                .anyMatch(IOException.class::isInstance);
    }

    interface Call<T> {
        T make() throws MinioException;
    }
}
