package dev.millrace.ingestion.http;

import dev.millrace.ingestion.intake.Receipt;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** Receipts and failures as responses. */
public final class Answers {
    private final Duration retryAfter;

    public Answers(Duration retryAfter) {
        this.retryAfter = retryAfter;
    }

    Response receipt(Receipt receipt) {
        if (receipt.unacknowledged() > 0) {
            return problem(
                    Failure.UNACKNOWLEDGED, "post the unacknowledged items again, their ids make it safe", receipt);
        }
        if (receipt.accepted() == 0) {
            return problem(Failure.ALL_REFUSED, "no item is well-formed, the outcomes name the fields", receipt);
        }
        return Response.accepted(ReceiptBody.of(receipt))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    Response failure(Failure failure, String detail) {
        return respond(failure, Problem.of(failure.status(), failure.title(), detail));
    }

    Response status(Response.StatusType status, String detail) {
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(status.getStatusCode(), status.getReasonPhrase(), detail))
                .build();
    }

    private Response problem(Failure failure, String detail, Receipt receipt) {
        final Problem problem = Problem.of(failure.status(), failure.title(), detail);
        return respond(failure, new Problem.WithReceipt(problem, ReceiptBody.of(receipt)));
    }

    private Response respond(Failure failure, Object body) {
        final Response.ResponseBuilder response =
                Response.status(failure.status()).type(Problem.MEDIA_TYPE).entity(body);
        if (failure.passes()) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter.toSeconds());
        }
        if (failure == Failure.UNAUTHORIZED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response.build();
    }
}
