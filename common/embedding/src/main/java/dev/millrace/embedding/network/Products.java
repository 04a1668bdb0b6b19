package dev.millrace.embedding.network;

/** How matrices are multiplied: number format, and which of {@link Graph}'s routes. */
public record Products(Precision precision, long route) {
    /** The fastest way to train in this precision. */
    public static Products training(EncoderOptions options) {
        boolean convolution = options.onCpu()
                && options.precision() == Precision.FP32
                && Calibration.ofCpu().convolution();
        return new Products(options.precision(), convolution ? Graph.ROUTE_CONVOLUTION : Graph.ROUTE_LINEAR);
    }
}
