package dev.millrace.embedding.space;

import dev.millrace.embedding.space.method.DriftVector;
import dev.millrace.embedding.space.method.IndexTurn;
import dev.millrace.embedding.space.method.LowRankMap;
import dev.millrace.embedding.space.method.OrthogonalProcrustes;
import dev.millrace.embedding.space.method.ResidualNetwork;
import dev.millrace.embedding.space.method.RidgeMap;
import dev.millrace.embedding.space.method.Unchanged;
import java.util.List;

/** All ways to find an adapter, those first that change least and cost least. */
public final class SpaceMethods {
    public static final List<SpaceMethod> ALL = List.of(
            new Unchanged(),
            new OrthogonalProcrustes(),
            new IndexTurn(1),
            new LowRankMap(64, 0.1),
            new RidgeMap(0.1),
            new ResidualNetwork(64, 30, 32, 1e-3),
            new DriftVector(512, 0.3));

    private SpaceMethods() {}
}
