class AdamW(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Fused. w weights, g gradients, m and v moments, t step counters (one scalar each); h: [learning rate, weight decay].
  def update(self: __torch__.AdamW, w: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor], h: Tensor) -> Tensor:
    torch._foreach_add_(t, 1)
    torch._fused_adamw_(w, g, m, v, annotate(List[Tensor], []), t, lr=float(h[0]), beta1=0.9, beta2=0.999, weight_decay=float(h[1]), eps=1e-8, amsgrad=False, maximize=False)
    return h
