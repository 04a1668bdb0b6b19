package dev.millrace.service.upload;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One body on its way into memory; for the event loop of its connection. */
final class Upload {
    private final RoutingContext context;
    private final ByteBudget budget;
    private final long maxBytes;
    private final Consumer<Refusal> refuse;
    private final Buffer body = Buffer.buffer();
    private long taken;
    private boolean ended;

    Upload(RoutingContext context, ByteBudget budget, long maxBytes, Consumer<Refusal> refuse) {
        this.context = context;
        this.budget = budget;
        this.maxBytes = maxBytes;
        this.refuse = refuse;
    }

    /** Room for a body whose length is stated is taken before its first byte is read; for any other, as it comes. */
    void begin(Duration deadline) {
        final long stated = stated();
        context.addEndHandler(done -> release());
        if (context.response().closed()) {
            return;
        }
        if (!take(Math.max(ByteBudget.LEAST, stated), stated)) {
            end(Refusal.NO_ROOM);
            return;
        }
        final long timer = context.vertx().setTimer(deadline.toMillis(), late -> end(Refusal.TOO_SLOW));
        context.addEndHandler(done -> context.vertx().cancelTimer(timer));
        read(timer);
    }

    private void read(long timer) {
        final HttpServerRequest request = context.request();
        request.handler(this::receive);
        request.endHandler(end -> {
            context.vertx().cancelTimer(timer);
            complete();
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        request.resume();
    }

    /** The server has refused a length that is no number. */
    private long stated() {
        return Optional.ofNullable(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private void receive(Buffer chunk) {
        final long size = (long) body.length() + chunk.length();
        if (ended) {
            return;
        }
        if (size > maxBytes) {
            end(Refusal.TOO_LARGE);
        } else if (size > taken && !take(size - taken, size)) {
            end(Refusal.NO_ROOM);
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void complete() {
        if (!ended) {
            ended = true;
            ((RoutingContextInternal) context).setBody(body);
            context.next();
        }
    }

    private void end(Refusal refusal) {
        if (!ended) {
            ended = true;
            context.request().pause();
            refuse.accept(refusal);
        }
    }

    private boolean take(long bytes, long bodySize) {
        final boolean fits = budget.take(bytes, bodySize);
        taken += fits ? bytes : 0;
        return fits;
    }

    private void release() {
        ended = true;
        budget.giveBack(taken);
        taken = 0;
    }

    /** Why a body was not read to its end. */
    enum Refusal {
        /** It has more bytes than any may have. */
        TOO_LARGE,
        /** The bodies of others fill the memory that there is for them. */
        NO_ROOM,
        /** It was not there within the deadline of its request. */
        TOO_SLOW
    }
}
