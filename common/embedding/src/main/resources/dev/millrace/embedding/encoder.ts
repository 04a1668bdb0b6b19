class Encoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  layers : int
  heads : int
  eps : float
  cls : bool
  relative : bool
  first_position : int
  activation : str
  algorithm : str

  # The embeddings' weights, ready for use: positions from the first that is taken, the token type added where there is one.
  def fuse_embeddings(self: __torch__.Encoder, w: List[Tensor]) -> List[Tensor]:
    positions = torch.slice(w[1], 0, self.first_position, torch.size(w[1], 0), 1)
    if self.relative:
      r = [w[0], positions, w[2], w[3]]
    else:
      r = [w[0], torch.add(positions, torch.select(w[2], 0, 0)), w[3], w[4]]
    return r

  # A layer's weights from w[o] on, ready for use: query (scaled), key and value as one matrix, products in type dt.
  # Inside a graph, gradients flow back through the casts into the fp32 masters.
  def fuse_layer(self: __torch__.Encoder, w: List[Tensor], o: int, d: int, dt: int) -> List[Tensor]:
    c = 1. / float(torch.floordiv(d, self.heads)) ** 0.5
    qkv = torch.to(torch.cat([torch.mul(w[o], c), w[o + 2], w[o + 4]]), dt)
    bias = torch.to(torch.cat([torch.mul(w[o + 1], c), w[o + 3], w[o + 5]]), dt)
    attended = [qkv, bias, torch.to(w[o + 6], dt), torch.to(w[o + 7], dt), w[o + 8], w[o + 9]]
    forward = [torch.to(w[o + 10], dt), torch.to(w[o + 11], dt), torch.to(w[o + 12], dt), torch.to(w[o + 13], dt), w[o + 14], w[o + 15]]
    return torch.add(attended, forward)

  # w in the order of ParameterNames -> all weights ready for use: 4, 12 a layer, and the relative bias last.
  def fuse(self: __torch__.Encoder, w: List[Tensor], dt: int) -> List[Tensor]:
    r = self.fuse_embeddings(w)
    for l in range(self.layers):
      r = torch.add(r, self.fuse_layer(w, 5 + l * 16, torch.size(w[0], 1), dt))
    if self.relative:
      r.append(w[4])
    return r

  # The weights' memory as new leaves of a graph.
  def leaves(self: __torch__.Encoder, w: List[Tensor]) -> List[Tensor]:
    r = annotate(List[Tensor], [])
    for i in range(torch.len(w)):
      r.append(torch.detach(w[i]))
    return r

  # Values of w over those of to, across devices.
  def copy(self: __torch__.Encoder, to: List[Tensor], w: List[Tensor]) -> Tensor:
    torch._foreach_copy_(to, w)
    return to[0]

  # Dropout by bytes: an element stays when its random byte, the next in r from at on, is >= t. Drawing Bernoulli
  # variables in torch costs over half of a bf16 forward pass.
  def drop(self: __torch__.Encoder, x: Tensor, r: Tensor, at: int, t: int) -> Tensor:
    if torch.gt(t, 0):
      n = torch.numel(x)
      k = torch.ge(torch.view(torch.slice(r, 0, at, at + n, 1), torch.size(x)), t)
      y = torch.mul(x, torch.mul(torch.to(k, x.dtype), 256. / (256. - float(t))))
    else:
      y = x
    return y

  def activated(self: __torch__.Encoder, x: Tensor) -> Tensor:
    if torch.eq(self.activation, "relu"):
      y = torch.relu(x)
    else:
      y = torch.gelu(x, approximate=self.algorithm)
    return y

  # route 0: torch.linear. 1: fp32 through oneDNN as a channels-last 1x1 convolution, differentiable (MKL's sgemm is
  # slow on AMD processors). 2: inference only, on packed weights, by pointwise: see onednn.ts.
  def linear(self: __torch__.Encoder, x: Tensor, w: Tensor, b: Tensor, route: int, active: bool) -> Tensor:
    if torch.eq(route, 2):
      z = self.pointwise(x, w, b, active)
    else:
      if torch.eq(route, 1):
        t = torch.size(x, 0)
        i = torch.size(x, 1)
        o = torch.size(w, 0)
        y = torch.conv2d(torch.permute(torch.view(x, [1, t, 1, i]), [0, 3, 1, 2]), torch.view(w, [o, i, 1, 1]), b)
        z = torch.reshape(torch.permute(y, [0, 2, 3, 1]), [t, o])
      else:
        z = torch.linear(x, w, b)
      if active:
        z = self.activated(z)
    return z

  # x w + b + other, without activation or gradient; route as above.
  def residual(self: __torch__.Encoder, x: Tensor, w: Tensor, b: Tensor, other: Tensor, route: int) -> Tensor:
    if torch.__and__(torch.eq(route, 2), torch.eq(int(x.dtype), 6)):
      z = self.pointwise_add(x, w, b, other)
    else:
      z = torch.add(self.linear(x, w, b, route, False), other)
    return z

  # qkv: [3, n, heads, s, width], the query scaled already. Manual in bf16 training: there torch 2.7's flash backward is
  # slower on a CPU.
  def attend(self: __torch__.Encoder, qkv: Tensor, bias: Optional[Tensor], manual: bool, r: Tensor, at: int, pa: int) -> Tensor:
    if manual:
      p = torch.unbind(torch.contiguous(qkv), 0)
      a = torch.matmul(p[0], torch.transpose(p[1], 2, 3))
      if torch.__isnot__(bias, None):
        a = torch.add(a, unchecked_cast(Tensor, bias))
      z = torch.matmul(self.drop(torch.softmax(a, -1), r, at, pa), p[2])
    else:
      p = torch.unbind(qkv, 0)
      z = torch.scaled_dot_product_attention(p[0], p[1], p[2], bias, 0., False, scale=1.)
    return z

  # The numbers that describe the blocks, see AttentionBlock: in training they come as a tensor.
  def numbers(self: __torch__.Encoder, fields: Tensor) -> List[int]:
    r = annotate(List[int], [])
    flat = torch.view(fields, [-1])
    for i in range(torch.numel(flat)):
      r.append(int(torch.select(flat, 0, i)))
    return r

  # The bias of T5 (Raffel et al. 2020) as MPNet has it, for the widest block; table: [buckets, heads] -> [1, heads, s, s].
  # Half the buckets are for keys after the query; of each half, one half is for one distance each, the other for
  # distances up to 128 in logarithmic steps.
  def distances(self: __torch__.Encoder, table: Tensor, f: List[int]) -> Tensor:
    s = 0
    for i in range(torch.floordiv(torch.len(f), 4)):
      s = ops.prim.max(s, f[4 * i + 1])
    side = torch.floordiv(torch.size(table, 0), 2)
    near = torch.floordiv(side, 2)
    p = torch.arange(s, dtype=4, layout=None, device=table.device)
    d = torch.sub(torch.unsqueeze(p, 0), torch.unsqueeze(p, 1))
    n = torch.abs(d)
    steps = torch.mul(torch.div(torch.log(torch.div(torch.to(n, 6), near)), torch.log(128. / float(near))), side - near)
    far = torch.clamp_max(torch.add(torch.to(torch.clamp_min(steps, 0.), 4), near), side - 1)
    bucket = torch.add(torch.where(torch.lt(n, near), n, far), torch.mul(torch.to(torch.gt(d, 0), 4), side))
    return torch.contiguous(torch.unsqueeze(torch.permute(torch.embedding(table, bucket), [2, 0, 1]), 0))

  # The bias that all layers add to their attention, where the family has one. w: its table at i.
  def shared_bias(self: __torch__.Encoder, w: List[Tensor], i: int, f: List[int], dt: int) -> Optional[Tensor]:
    r = annotate(Optional[Tensor], None)
    if self.relative:
      r = torch.to(self.distances(w[i], f), dt)
    return r

  # The rows of each block. All at once, since the gradient of one slice after the other would be filled up with zeros each.
  def split(self: __torch__.Encoder, x: Tensor, f: List[int]) -> List[Tensor]:
    blocks = torch.floordiv(torch.len(f), 4)
    r = [x]
    if torch.gt(blocks, 1):
      tokens = annotate(List[int], [])
      for i in range(blocks):
        tokens.append(f[4 * i + 2])
      r = torch.split_with_sizes(x, tokens, 0)
    return r

  # qkv: [T, 3d] -> [T, d], block by block; f: the blocks' numbers, indices of ragged ones from batch[4] on; relative: see
  # distances.
  def attention(self: __torch__.Encoder, qkv: Tensor, batch: List[Tensor], f: List[int], relative: Optional[Tensor], manual: bool, r: Tensor, at: int, pa: int) -> Tensor:
    d = torch.floordiv(torch.size(qkv, 1), 3)
    out = annotate(List[Tensor], [])
    parts = self.split(qkv, f)
    j = 4
    b = at
    for i in range(torch.floordiv(torch.len(f), 4)):
      n = f[4 * i]
      s = f[4 * i + 1]
      x = parts[i]
      bias = annotate(Optional[Tensor], None)
      ragged = torch.eq(f[4 * i + 3], 1)
      if ragged:
        x = torch.embedding(x, batch[j])
        bias = torch.to(torch.mul(torch.sub(torch.to(torch.unsqueeze(torch.unsqueeze(batch[j + 2], 1), 1), 6), 1.), 30000.), x.dtype)
      if torch.__isnot__(relative, None):
        near = torch.slice(torch.slice(unchecked_cast(Tensor, relative), 2, 0, s, 1), 3, 0, s, 1)
        if torch.__isnot__(bias, None):
          bias = torch.add(unchecked_cast(Tensor, bias), near)
        else:
          bias = near
      x = torch.permute(torch.view(x, [n, s, 3, self.heads, torch.floordiv(d, self.heads)]), [2, 0, 3, 1, 4])
      z = torch.reshape(torch.transpose(self.attend(x, bias, manual, r, b, pa), 1, 2), [n * s, d])
      if ragged:
        z = torch.embedding(z, batch[j + 1])
        j = j + 3
      out.append(z)
      b = b + n * self.heads * s * s
    if torch.eq(torch.len(out), 1):
      z = out[0]
    else:
      z = torch.cat(out, 0)
    return z

  # batch: see PackedBatch. w: fused. p, pa: random bytes below which hidden values and attention weights drop. r: random
  # bytes, [T*d] for the embeddings, then for each layer its attention weights and twice [T*d]. -> [T, d]
  def begin(self: __torch__.Encoder, batch: List[Tensor], w: List[Tensor], p: int, r: Tensor) -> Tensor:
    x = torch.add(torch.embedding(w[0], batch[0]), torch.embedding(w[1], batch[1]))
    return self.drop(torch.layer_norm(x, [torch.size(x, 1)], w[2], w[3], self.eps), r, 0, p)

  # Transformer layer l in training. w: fused, its own from o on; f: the blocks' numbers.
  def layer(self: __torch__.Encoder, x: Tensor, l: int, batch: List[Tensor], f: List[int], relative: Optional[Tensor], w: List[Tensor], o: int, p: int, pa: int, r: Tensor, route: int) -> Tensor:
    dt = w[o].dtype
    d = torch.size(x, 1)
    weights = 0
    for i in range(torch.floordiv(torch.len(f), 4)):
      weights = weights + f[4 * i] * self.heads * f[4 * i + 1] * f[4 * i + 1]
    at = torch.numel(x) + l * (weights + 2 * torch.numel(x))
    manual = torch.__or__(torch.gt(pa, 0), torch.ne(int(dt), 6))
    qkv = self.linear(torch.to(x, dt), w[o], w[o + 1], route, False)
    a = self.attention(qkv, batch, f, relative, manual, r, at, pa)
    a = self.drop(self.linear(a, w[o + 2], w[o + 3], route, False), r, at + weights, p)
    x = torch.layer_norm(torch.add(a, x), [d], w[o + 4], w[o + 5], self.eps)
    h = self.linear(torch.to(x, dt), w[o + 6], w[o + 7], route, True)
    h = self.drop(self.linear(h, w[o + 8], w[o + 9], route, False), r, at + weights + torch.numel(x), p)
    return torch.layer_norm(torch.add(h, x), [d], w[o + 10], w[o + 11], self.eps)

  # The same without dropout, for inference, where what surrounds the products counts: residuals are added by them.
  def infer_layer(self: __torch__.Encoder, x: Tensor, batch: List[Tensor], f: List[int], relative: Optional[Tensor], w: List[Tensor], o: int, route: int) -> Tensor:
    dt = w[o].dtype
    d = torch.size(x, 1)
    qkv = self.linear(torch.to(x, dt), w[o], w[o + 1], route, False)
    a = self.attention(qkv, batch, f, relative, False, batch[0], 0, 0)
    x = torch.layer_norm(self.residual(a, w[o + 2], w[o + 3], x, route), [d], w[o + 4], w[o + 5], self.eps)
    h = self.linear(torch.to(x, dt), w[o + 6], w[o + 7], route, True)
    return torch.layer_norm(self.residual(h, w[o + 8], w[o + 9], x, route), [d], w[o + 10], w[o + 11], self.eps)

  # [T, d] -> [n, d], rows of norm 1
  def finish(self: __torch__.Encoder, batch: List[Tensor], x: Tensor) -> Tensor:
    if self.cls:
      e = torch.index_select(x, 0, torch.squeeze(torch.nonzero(torch.eq(batch[1], 0)), 1))
    else:
      e = torch.index_add(torch.zeros([torch.size(batch[3], 0), torch.size(x, 1)], dtype=6, layout=None, device=x.device), 0, batch[2], x)
      e = torch.div(e, torch.unsqueeze(batch[3], 1))
    return torch.div(e, torch.clamp_min(torch.linalg_vector_norm(e, 2, [1], True), 1e-12))

  # w: masters. settings: [type, p, pa, route, layer]. -> [n, d]
  def train_embed(self: __torch__.Encoder, batch: List[Tensor], w: List[Tensor], fields: Tensor, r: Tensor, settings: Tensor) -> Tensor:
    u = self.fuse(w, int(settings[0]))
    f = self.numbers(fields)
    relative = self.shared_bias(u, 4 + self.layers * 12, f, int(settings[0]))
    x = self.begin(batch, u, int(settings[1]), r)
    for l in range(self.layers):
      x = self.layer(x, l, batch, f, relative, u, 4 + l * 12, int(settings[1]), int(settings[2]), r, int(settings[3]))
    return self.finish(batch, x)

  # The same in stages, for activation checkpointing. w: the stage's own masters.
  def train_begin(self: __torch__.Encoder, batch: List[Tensor], w: List[Tensor], fields: Tensor, r: Tensor, settings: Tensor) -> Tensor:
    return self.begin(batch, self.fuse_embeddings(w), int(settings[1]), r)

  def train_layer(self: __torch__.Encoder, batch: List[Tensor], w: List[Tensor], fields: Tensor, r: Tensor, settings: Tensor, x: Tensor) -> Tensor:
    u = self.fuse_layer(w, 0, torch.size(x, 1), int(settings[0]))
    f = self.numbers(fields)
    relative = self.shared_bias(w, 16, f, int(settings[0]))
    return self.layer(x, int(settings[4]), batch, f, relative, u, 0, int(settings[1]), int(settings[2]), r, int(settings[3]))

  def train_finish(self: __torch__.Encoder, batch: List[Tensor], x: Tensor) -> Tensor:
    return self.finish(batch, x)

  # w: fused already; f: the blocks' numbers. -> [n, d]
  def infer(self: __torch__.Encoder, batch: List[Tensor], w: List[Tensor], f: List[int], route: int) -> Tensor:
    relative = self.shared_bias(w, 4 + self.layers * 12, f, int(w[4].dtype))
    x = self.begin(batch, w, 0, batch[0])
    for l in range(self.layers):
      x = self.infer_layer(x, batch, f, relative, w, 4 + l * 12, route)
    return self.finish(batch, x)

  # One product, for Calibration. w: x, weight, bias. settings: [type, route]
  def product(self: __torch__.Encoder, w: List[Tensor], settings: Tensor) -> Tensor:
    dt = int(settings[0])
    return torch.to(self.linear(torch.to(w[0], dt), torch.to(w[1], dt), torch.to(w[2], dt), int(settings[1]), False), 6)
