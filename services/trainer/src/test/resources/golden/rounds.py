"""Writes rounds.json: what PyTorch's SGD makes of the weighted mean of deltas, round after round.

Usage: python rounds.py   (torch)
"""
import json
import pathlib

import torch

torch.manual_seed(11)
WEIGHTS, ROUNDS, TRAINERS = 6, 4, 3


def case(rate, momentum):
    weights = torch.nn.Parameter(torch.randn(WEIGHTS).double())
    optimizer = torch.optim.SGD([weights], lr=rate, momentum=momentum, nesterov=momentum > 0)
    begin, rounds = weights.tolist(), []
    for _ in range(ROUNDS):
        deltas = (0.1 * torch.randn(TRAINERS, WEIGHTS)).float().double()
        samples = torch.randint(1, 2000, (TRAINERS,)).double()
        weights.grad = -(samples[:, None] * deltas).sum(0) / samples.sum()
        optimizer.step()
        kept = optimizer.state[weights].get("momentum_buffer") if momentum > 0 else None
        rounds.append({
            "deltas": deltas.tolist(),
            "samples": samples.long().tolist(),
            "weights": weights.tolist(),
            "velocity": [] if kept is None else (-kept).tolist(),
        })
    return {"rate": rate, "momentum": momentum, "begin": begin, "rounds": rounds}


cases = [case(0.7, 0.9), case(1.0, 0.0), case(0.5, 0.4), case(2.0, 0.0)]
pathlib.Path(__file__).with_name("rounds.json").write_text(json.dumps(cases) + "\n")
