package dev.millrace.ingestion.http;

import dev.millrace.ingestion.intake.Receipt;
import dev.millrace.service.http.Problem;
import dev.millrace.service.http.ProblemMappers;
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
        if (receipt.accepted() == 0 && receipt.tooLarge() == receipt.outcomes().size()) {
            return problem(Failure.TOO_LARGE, "every item is larger than may be, the outcomes tell the limit", receipt);
        }
        if (receipt.accepted() == 0) {
            return problem(Failure.ALL_REFUSED, "no item is well-formed, the outcomes name the fields", receipt);
        }
        return Response.accepted(ReceiptBody.of(receipt))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    Response failure(Failure failure, String detail) {
        return ProblemMappers.response(problem(failure, detail));
    }

    private Response problem(Failure failure, String detail, Receipt receipt) {
        final ReceiptBody body = ReceiptBody.of(receipt);
        return ProblemMappers.response(problem(failure, detail)
                .with("accepted", body.accepted())
                .with("refused", body.refused())
                .with("unacknowledged", body.unacknowledged())
                .with("outcomes", body.outcomes()));
    }

    private Problem problem(Failure failure, String detail) {
        final Problem problem = Problem.of(failure.status(), failure.title(), detail);
        return failure.passes() ? problem.passingAfter(retryAfter) : problem;
    }
}
