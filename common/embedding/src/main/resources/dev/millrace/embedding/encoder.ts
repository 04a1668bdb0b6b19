class Encoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  layers : int
  heads : int
  eps : float
  cls : bool

  # The embeddings' weights, ready for use: every token is of type 0.
  def fuse_embeddings(self: __torch__.Encoder, w: List[Tensor]) -> List[Tensor]:
    return [w[0], torch.add(w[1], torch.select(w[2], 0, 0)), w[3], w[4]]

  # A layer's weights from w[o] on, ready for use: query (scaled), key and value as one matrix, products in type dt.
  # Inside a graph, gradients flow back through the casts into the fp32 masters.
  def fuse_layer(self: __torch__.Encoder, w: List[Tensor], o: int, d: int, dt: int) -> List[Tensor]:
    c = 1. / float(torch.floordiv(d, self.heads)) ** 0.5
    qkv = torch.to(torch.cat([torch.mul(w[o], c), w[o + 2], w[o + 4]]), dt)
    bias = torch.to(torch.cat([torch.mul(w[o + 1], c), w[o + 3], w[o + 5]]), dt)
    attended = [qkv, bias, torch.to(w[o + 6], dt), torch.to(w[o + 7], dt), w[o + 8], w[o + 9]]
    forward = [torch.to(w[o + 10], dt), torch.to(w[o + 11], dt), torch.to(w[o + 12], dt), torch.to(w[o + 13], dt), w[o + 14], w[o + 15]]
    return torch.add(attended, forward)

  # w in the order of BertWeights -> all weights ready for use: 4, and 12 a layer.
  def fuse(self: __torch__.Encoder, w: List[Tensor], dt: int) -> List[Tensor]:
    r = self.fuse_embeddings(w)
    for l in range(self.layers):
      r = torch.add(r, self.fuse_layer(w, 5 + l * 16, torch.size(w[0], 1), dt))
    return r

  # Fused weights with their matrices laid out as oneDNN multiplies them: without, every call lays them out anew.
  def pack(self: __torch__.Encoder, f: List[Tensor]) -> List[Tensor]:
    r = annotate(List[Tensor], [])
    for i in range(torch.len(f)):
      w = f[i]
      if torch.__and__(torch.ge(i, 4), torch.eq(torch.dim(w), 2)):
        w = ops.mkldnn._reorder_linear_weight(w, None)
      r.append(w)
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

  # route 0: torch.linear. 1: fp32 through oneDNN as a channels-last 1x1 convolution, differentiable (MKL's sgemm is
  # slow on AMD processors). 2: oneDNN's linear with the activation fused, inference only.
  def linear(self: __torch__.Encoder, x: Tensor, w: Tensor, b: Tensor, route: int, gelu: bool) -> Tensor:
    if torch.eq(route, 2):
      if gelu:
        z = ops.mkldnn._linear_pointwise(x, w, b, "gelu", annotate(List[Optional[number]], []), "none")
      else:
        z = ops.mkldnn._linear_pointwise(x, w, b, "none", annotate(List[Optional[number]], []), "")
    else:
      if torch.eq(route, 1):
        t = torch.size(x, 0)
        i = torch.size(x, 1)
        o = torch.size(w, 0)
        y = torch.conv2d(torch.permute(torch.view(x, [1, t, 1, i]), [0, 3, 1, 2]), torch.view(w, [o, i, 1, 1]), b)
        z = torch.reshape(torch.permute(y, [0, 2, 3, 1]), [t, o])
      else:
        z = torch.linear(x, w, b)
      if gelu:
        z = torch.gelu(z)
    return z

  # qkv: contiguous [3, n, heads, s, width], the query scaled already. Manual in bf16 training: there torch 2.7's flash
  # backward is slower on a CPU.
  def attend(self: __torch__.Encoder, qkv: Tensor, bias: Optional[Tensor], manual: bool, r: Tensor, at: int, pa: int) -> Tensor:
    p = torch.unbind(qkv, 0)
    if manual:
      a = torch.matmul(p[0], torch.transpose(p[1], 2, 3))
      if torch.__isnot__(bias, None):
        a = torch.add(a, unchecked_cast(Tensor, bias))
      z = torch.matmul(self.drop(torch.softmax(a, -1), r, at, pa), p[2])
    else:
      z = torch.scaled_dot_product_attention(p[0], p[1], p[2], bias, 0., False, scale=1.)
    return z

  # The numbers that describe the blocks, read once for all layers: see AttentionBlock.
  def numbers(self: __torch__.Encoder, fields: Tensor) -> List[int]:
    r = annotate(List[int], [])
    flat = torch.view(fields, [-1])
    for i in range(torch.numel(flat)):
      r.append(int(torch.select(flat, 0, i)))
    return r

  # qkv: [T, 3d] -> [T, d], block by block; tokens: of each block, f: its numbers, indices from batch[5] on.
  def attention(self: __torch__.Encoder, qkv: Tensor, batch: List[Tensor], f: List[int], tokens: List[int], manual: bool, r: Tensor, at: int, pa: int) -> Tensor:
    d = torch.floordiv(torch.size(qkv, 1), 3)
    parts = torch.split_with_sizes(qkv, tokens, 0)
    out = annotate(List[Tensor], [])
    j = 5
    b = at
    for i in range(torch.len(tokens)):
      n = f[4 * i]
      s = f[4 * i + 1]
      x = parts[i]
      bias = annotate(Optional[Tensor], None)
      ragged = torch.eq(f[4 * i + 3], 1)
      if ragged:
        x = torch.embedding(x, batch[j])
        bias = torch.to(torch.mul(torch.sub(torch.to(torch.unsqueeze(torch.unsqueeze(batch[j + 2], 1), 1), 6), 1.), 30000.), x.dtype)
      x = torch.contiguous(torch.permute(torch.view(x, [n, s, 3, self.heads, torch.floordiv(d, self.heads)]), [2, 0, 3, 1, 4]))
      z = torch.reshape(torch.transpose(self.attend(x, bias, manual, r, b, pa), 1, 2), [n * s, d])
      if ragged:
        z = torch.embedding(z, batch[j + 1])
        j = j + 3
      out.append(z)
      b = b + n * self.heads * s * s
    return torch.cat(out, 0)

  # batch: see PackedBatch. w: fused. p, pa: random bytes below which hidden values and attention weights drop. r: random
  # bytes, [T*d] for the embeddings, then for each layer its attention weights and twice [T*d]. -> [T, d]
  def begin(self: __torch__.Encoder, batch: List[Tensor], w: List[Tensor], p: int, r: Tensor) -> Tensor:
    x = torch.add(torch.embedding(w[0], batch[0]), torch.embedding(w[1], batch[1]))
    return self.drop(torch.layer_norm(x, [torch.size(x, 1)], w[2], w[3], self.eps), r, 0, p)

  # Transformer layer l. w: fused, its own from o on; f: the blocks' numbers.
  def layer(self: __torch__.Encoder, x: Tensor, l: int, batch: List[Tensor], f: List[int], w: List[Tensor], o: int, p: int, pa: int, r: Tensor, route: int, train: bool) -> Tensor:
    dt = w[o].dtype
    d = torch.size(x, 1)
    tokens = annotate(List[int], [])
    weights = 0
    for i in range(torch.floordiv(torch.len(f), 4)):
      tokens.append(f[4 * i + 2])
      weights = weights + f[4 * i] * self.heads * f[4 * i + 1] * f[4 * i + 1]
    at = torch.numel(x) + l * (weights + 2 * torch.numel(x))
    manual = torch.__or__(torch.gt(pa, 0), torch.__and__(train, torch.ne(int(dt), 6)))
    qkv = self.linear(torch.to(x, dt), w[o], w[o + 1], route, False)
    a = self.attention(qkv, batch, f, tokens, manual, r, at, pa)
    a = self.drop(self.linear(a, w[o + 2], w[o + 3], route, False), r, at + weights, p)
    x = torch.layer_norm(torch.add(a, x), [d], w[o + 4], w[o + 5], self.eps)
    h = self.linear(torch.to(x, dt), w[o + 6], w[o + 7], route, True)
    h = self.drop(self.linear(h, w[o + 8], w[o + 9], route, False), r, at + weights + torch.numel(x), p)
    return torch.layer_norm(torch.add(h, x), [d], w[o + 10], w[o + 11], self.eps)

  # [T, d] -> [n, d], rows of norm 1
  def finish(self: __torch__.Encoder, batch: List[Tensor], x: Tensor) -> Tensor:
    if self.cls:
      e = torch.index_select(x, 0, torch.squeeze(torch.nonzero(torch.eq(batch[1], 0)), 1))
    else:
      e = torch.index_add(torch.zeros([torch.size(batch[3], 0), torch.size(x, 1)], dtype=6, layout=None, device=x.device), 0, batch[2], x)
      e = torch.div(e, torch.unsqueeze(batch[3], 1))
    return torch.div(e, torch.clamp_min(torch.linalg_vector_norm(e, 2, [1], True), 1e-12))

  def embed(self: __torch__.Encoder, batch: List[Tensor], w: List[Tensor], p: int, pa: int, r: Tensor, route: int, train: bool) -> Tensor:
    x = self.begin(batch, w, p, r)
    f = self.numbers(batch[4])
    for l in range(self.layers):
      x = self.layer(x, l, batch, f, w, 4 + l * 12, p, pa, r, route, train)
    return self.finish(batch, x)

  # settings: [type, p, pa, route, layer]
  def train_embed(self: __torch__.Encoder, batch: List[Tensor], w: List[Tensor], r: Tensor, settings: Tensor) -> Tensor:
    f = self.fuse(w, int(settings[0]))
    return self.embed(batch, f, int(settings[1]), int(settings[2]), r, int(settings[3]), True)

  # The same in stages, for activation checkpointing. w: the stage's own masters.
  def train_begin(self: __torch__.Encoder, batch: List[Tensor], w: List[Tensor], r: Tensor, settings: Tensor) -> Tensor:
    return self.begin(batch, self.fuse_embeddings(w), int(settings[1]), r)

  def train_layer(self: __torch__.Encoder, batch: List[Tensor], w: List[Tensor], r: Tensor, settings: Tensor, x: Tensor) -> Tensor:
    f = self.fuse_layer(w, 0, torch.size(x, 1), int(settings[0]))
    return self.layer(x, int(settings[4]), batch, self.numbers(batch[4]), f, 0, int(settings[1]), int(settings[2]), r, int(settings[3]), True)

  def train_finish(self: __torch__.Encoder, batch: List[Tensor], x: Tensor) -> Tensor:
    return self.finish(batch, x)

  # w: fused already
  def infer(self: __torch__.Encoder, batch: List[Tensor], w: List[Tensor], route: Tensor) -> Tensor:
    return self.embed(batch, w, 0, 0, batch[0], int(route), False)

  # One product, for Calibration. w: x, weight, bias. settings: [type, route]
  def product(self: __torch__.Encoder, w: List[Tensor], settings: Tensor) -> Tensor:
    dt = int(settings[0])
    return torch.to(self.linear(torch.to(w[0], dt), torch.to(w[1], dt), torch.to(w[2], dt), int(settings[1]), False), 6)
