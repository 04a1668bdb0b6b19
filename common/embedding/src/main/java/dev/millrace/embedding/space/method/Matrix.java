package dev.millrace.embedding.space.method;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A matrix of doubles with what fitting needs of linear algebra. Every sum has one order, on however many threads. */
final class Matrix {
    /** Newton's steps to the orthogonal factor; with Higham's scaling 9 suffice at any condition that doubles can hold. */
    private static final int MOST_STEPS = 30;

    /** The steps converge quadratically: behind one that changed this little nothing changes. */
    private static final double SETTLED = 1e-8;

    private final double[][] rows;

    Matrix(double[][] rows) {
        this.rows = rows;
    }

    static Matrix centred(float[][] vectors, double[] mean) {
        double[][] rows = new double[vectors.length][mean.length];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < mean.length; i++) {
                rows[row][i] = vectors[row][i] - mean[i];
            }
        }
        return new Matrix(rows);
    }

    double[][] rows() {
        return rows;
    }

    private int width() {
        return rows[0].length;
    }

    Matrix transposed() {
        double[][] turned = new double[width()][rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < turned.length; i++) {
                turned[i][row] = rows[row][i];
            }
        }
        return new Matrix(turned);
    }

    Matrix times(Matrix right) {
        double[][] product = new double[rows.length][right.width()];
        IntStream.range(0, rows.length).parallel().forEach(row -> {
            for (int i = 0; i < rows[row].length; i++) {
                add(rows[row][i], right.rows[i], product[row]);
            }
        });
        return new Matrix(product);
    }

    /** A row vector times this. */
    double[] applied(double[] vector) {
        return new Matrix(new double[][] {vector}).times(this).rows[0];
    }

    /** {@code own this + others other}. */
    Matrix sum(double own, double others, Matrix other) {
        double[][] sum = new double[rows.length][width()];
        for (int row = 0; row < rows.length; row++) {
            add(own, rows[row], sum[row]);
            add(others, other.rows[row], sum[row]);
        }
        return new Matrix(sum);
    }

    Matrix plusDiagonal(double value) {
        double[][] sum = copy();
        for (int i = 0; i < sum.length; i++) {
            sum[i][i] += value;
        }
        return new Matrix(sum);
    }

    /** The mean of the diagonal. */
    double meanDiagonal() {
        return IntStream.range(0, rows.length).mapToDouble(i -> rows[i][i]).sum() / rows.length;
    }

    /** By Gauss and Jordan's elimination with the largest pivot of each column. */
    Matrix inverse() {
        int size = rows.length;
        double[][] left = copy();
        double[][] right = new Matrix(new double[size][size]).plusDiagonal(1).rows;
        for (int column = 0; column < size; column++) {
            int pivot = largest(left, column);
            swap(left, pivot, column);
            swap(right, pivot, column);
            double scale = 1 / left[column][column];
            scale(scale, left[column]);
            scale(scale, right[column]);
            for (int row = 0; row < size; row++) {
                double factor = row == column ? 0 : -left[row][column];
                add(factor, left[column], left[row]);
                add(factor, right[column], right[row]);
            }
        }
        return new Matrix(right);
    }

    /**
     * The orthogonal matrix nearest to this square one, which has an inverse (Higham 1986, "Computing the polar decomposition -
     * with applications").
     */
    Matrix orthogonalFactor() {
        Matrix current = this;
        double change = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MOST_STEPS && change > SETTLED; step++) {
            Matrix inverse = current.inverse().transposed();
            double scale = Math.sqrt(Math.sqrt(inverse.normProduct() / current.normProduct()));
            Matrix next = current.sum(scale / 2, 1 / (2 * scale), inverse);
            change = next.sum(1, -1, current).largestRowSum();
            current = next;
        }
        return current;
    }

    /** Of the norms that bound all others: the largest sums of a row and of a column. */
    private double normProduct() {
        return largestRowSum() * transposed().largestRowSum();
    }

    private double largestRowSum() {
        return Arrays.stream(rows)
                .mapToDouble(row -> Arrays.stream(row).map(Math::abs).sum())
                .max()
                .orElse(0);
    }

    float[][] floats() {
        float[][] floats = new float[rows.length][width()];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < floats[row].length; i++) {
                floats[row][i] = (float) rows[row][i];
            }
        }
        return floats;
    }

    private double[][] copy() {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    private static int largest(double[][] matrix, int column) {
        int largest = column;
        for (int row = column + 1; row < matrix.length; row++) {
            if (Math.abs(matrix[row][column]) > Math.abs(matrix[largest][column])) {
                largest = row;
            }
        }
        return largest;
    }

    private static void swap(double[][] matrix, int one, int other) {
        double[] row = matrix[one];
        matrix[one] = matrix[other];
        matrix[other] = row;
    }

    private static void scale(double factor, double[] row) {
        for (int i = 0; i < row.length; i++) {
            row[i] *= factor;
        }
    }

    private static void add(double factor, double[] row, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * row[i];
        }
    }
}
