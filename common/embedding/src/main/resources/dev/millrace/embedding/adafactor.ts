class Adafactor(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Everywhere: w weights, g gradients, r and c row and column means of squared gradients, v their elements, t step counters
  # (one scalar each); h: [learning rate, weight decay].

  # 1 - beta2 of this step, for each weight; counts the step.
  def fresh(self: __torch__.Adafactor, t: List[Tensor]) -> List[number]:
    torch._foreach_add_(t, 1)
    shares = torch.pow(torch.stack(t), -0.8).cpu()
    fresh = annotate(List[number], [])
    for i in range(torch.len(t)):
      _0 = torch.append(fresh, float(shares[i]))
    return fresh

  # The factors by which the updates u go onto the weights: the learning rate relative to the weight's root mean square,
  # less where the update's (over the whole weight, though u may hold some of its rows) is above 1. Decays the weights.
  def factors(self: __torch__.Adafactor, w: List[Tensor], u: List[Tensor], t: List[Tensor], h: Tensor) -> List[number]:
    sizes = annotate(List[float], [])
    for i in range(torch.len(w)):
      _0 = torch.append(sizes, torch.sqrt(torch.numel(w[i])))
    n = torch.tensor(sizes, device=w[0].device)
    scale = torch.clamp_min(torch.div(torch.stack(torch._foreach_norm(w)), n), 0.001)
    rate = torch.clamp_max(torch.rsqrt(torch.stack(t)), float(h[0]))
    clip = torch.clamp_min(torch.div(torch.stack(torch._foreach_norm(u)), n), 1.)
    moves = torch.div(torch.mul(scale, rate), clip).cpu()
    torch._foreach_mul_(w, 1. - float(h[0]) * float(h[1]))
    factors = annotate(List[number], [])
    for i in range(torch.len(w)):
      _1 = torch.append(factors, -float(moves[i]))
    return factors

  # The second moments in u become updates, in place. The bounds here and below are torch.optim.Adafactor's: fp32's epsilon.
  def updates(self: __torch__.Adafactor, u: List[Tensor], g: List[Tensor]) -> List[Tensor]:
    torch._foreach_clamp_min_(u, 1.4210854715202004e-14)
    torch._foreach_rsqrt_(u)
    torch._foreach_mul_(u, g)
    return u

  def matrices(self: __torch__.Adafactor, w: List[Tensor], g: List[Tensor], r: List[Tensor], c: List[Tensor], t: List[Tensor], h: Tensor) -> Tensor:
    fresh = (self).fresh(t)
    u = torch._foreach_mul(g, g)
    rows = annotate(List[Tensor], [])
    columns = annotate(List[Tensor], [])
    for i in range(torch.len(w)):
      _0 = torch.append(rows, torch.mean(u[i], [-1], True))
      _1 = torch.append(columns, torch.mean(u[i], [-2], True))
    torch._foreach_lerp_(r, rows, fresh)
    torch._foreach_lerp_(c, columns, fresh)
    for i in range(torch.len(w)):
      _2 = torch.mul(torch.div(r[i], torch.clamp_min(torch.mean(r[i]), 1.1920928955078125e-07)), c[i], out=u[i])
    _3 = (self).updates(u, g)
    torch._foreach_mul_(u, (self).factors(w, u, t, h))
    torch._foreach_add_(w, u)
    return h

  # One matrix whose gradient is zero but for the rows ids, which g holds.
  def rows(self: __torch__.Adafactor, w: List[Tensor], g: List[Tensor], r: List[Tensor], c: List[Tensor], t: List[Tensor], ids: Tensor, h: Tensor) -> Tensor:
    fresh = float(((self).fresh(t))[0])
    u = [torch.mul(g[0], g[0])]
    _0 = torch.index_add_(torch.mul_(r[0], 1. - fresh), 0, ids, torch.mean(u[0], [-1], True), alpha=fresh)
    _1 = torch.lerp_(c[0], torch.div(torch.sum(u[0], [-2], True), torch.size(w[0], 0)), fresh)
    mean = torch.clamp_min(torch.mean(r[0]), 1.1920928955078125e-07)
    _2 = torch.mul(torch.div(torch.index_select(r[0], 0, ids), mean), c[0], out=u[0])
    _3 = (self).updates(u, g)
    _4 = torch.index_add_(w[0], 0, ids, u[0], alpha=((self).factors(w, u, t, h))[0])
    return h

  def vectors(self: __torch__.Adafactor, w: List[Tensor], g: List[Tensor], v: List[Tensor], t: List[Tensor], h: Tensor) -> Tensor:
    torch._foreach_lerp_(v, torch._foreach_mul(g, g), (self).fresh(t))
    u = (self).updates(torch._foreach_clamp_min(v, 0.), g)
    torch._foreach_mul_(u, (self).factors(w, u, t, h))
    torch._foreach_add_(w, u)
    return h
