package dev.millrace.evaluation.probe;

/** A symmetric positive definite matrix as the product of a lower triangle and its mirror, by which equations are solved. */
final class Cholesky {
    private final double[][] lower;

    Cholesky(double[][] matrix) {
        lower = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            lower[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i][j] - dot(lower[i], lower[j], j);
                lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
            }
        }
    }

    /** What the matrix turns into {@code right}. */
    double[] solve(double[] right) {
        double[] solution = new double[right.length];
        for (int i = 0; i < right.length; i++) {
            solution[i] = (right[i] - dot(lower[i], solution, i)) / lower[i][i];
        }
        for (int i = right.length - 1; i >= 0; i--) {
            solution[i] /= lower[i][i];
            for (int j = 0; j < i; j++) {
                solution[j] -= lower[i][j] * solution[i];
            }
        }
        return solution;
    }

    private static double dot(double[] left, double[] right, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
