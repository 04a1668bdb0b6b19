"""Golden learning rates from transformers' schedules.

Usage: python schedules.py > schedules.json

A first step at rate 0 would learn nothing, so ours is transformers' second: its warm-up is one step longer and its count one ahead.
transformers gives the linear one no floor; its share is mapped from [0, 1] to [floor, 1], as transformers does for the cosine.
"""
import json

import torch
from transformers import get_cosine_with_min_lr_schedule_with_warmup, get_linear_schedule_with_warmup

RATE, WARMUP, STEPS, FLOOR = 3e-4, 7, 40, 0.1


def rates(schedule):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE)
    scheduler = schedule(optimizer, num_warmup_steps=WARMUP + 1, num_training_steps=WARMUP + 1 + STEPS)
    found = []
    for _ in range(WARMUP + STEPS + 1):
        optimizer.step()
        scheduler.step()
        found.append(scheduler.get_last_lr()[0])
    return found


linear = rates(get_linear_schedule_with_warmup)
linear[WARMUP:] = [RATE * FLOOR + (1 - FLOOR) * rate for rate in linear[WARMUP:]]
cosine = rates(lambda *a, **k: get_cosine_with_min_lr_schedule_with_warmup(*a, **k, min_lr_rate=FLOOR))
print(json.dumps({"rate": RATE, "warmup": WARMUP, "steps": STEPS, "floor": FLOOR, "linear": linear, "cosine": cosine}, indent=1))
