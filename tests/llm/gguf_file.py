"""Writes a GGUF file of a few kilobytes whose model says one given text, whatever it is asked.

It has one layer that passes on what it gets: the next token follows from the last one alone. Every token is followed
by the one that stands for the whole reply, and that one by the end.
"""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
from tokenizers.pre_tokenizers import ByteLevel

WIDTH, HEADS = 64, 2
END = "<|end|>"
TEMPLATE = "{% for m in messages %}{{ m['content'] }}\n{% endfor %}"


def write(path: Path, reply: str) -> Path:
    """Write the file at `path`, which is given back."""
    ((said, _),) = ByteLevel(add_prefix_space=False, use_regex=False).pre_tokenize_str(reply)
    tokens = [*sorted(ByteLevel.alphabet()), "ab", said, END]
    ends = len(tokens) - 1
    normal, control = gguf.TokenType.NORMAL, gguf.TokenType.CONTROL
    out = gguf.GGUFWriter(path, "llama")
    out.add_context_length(4096)
    out.add_embedding_length(WIDTH)
    out.add_block_count(1)
    out.add_feed_forward_length(WIDTH)
    out.add_head_count(HEADS)
    out.add_head_count_kv(HEADS)
    out.add_rope_dimension_count(WIDTH // HEADS)
    out.add_layer_norm_rms_eps(1e-5)
    out.add_vocab_size(len(tokens))
    out.add_tokenizer_model("gpt2")
    out.add_token_list(tokens)
    out.add_token_types([normal] * ends + [control])
    out.add_token_merges(["a b"])
    out.add_bos_token_id(ends)
    out.add_eos_token_id(ends)
    out.add_chat_template(TEMPLATE)
    shape = np.zeros((len(tokens), WIDTH), np.float32)
    seen, follows = shape.copy(), shape
    seen[:, 0] = 1  # any token...
    seen[ends - 1] = np.eye(WIDTH)[1]
    follows[ends - 1, 0] = follows[ends, 1] = 1  # ...is followed by the reply, and that by the end
    out.add_tensor("token_embd.weight", seen)
    out.add_tensor("output.weight", follows)
    out.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    for name in ("attn_norm", "ffn_norm"):
        out.add_tensor(f"blk.0.{name}.weight", np.ones(WIDTH, np.float32))
    for name in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"):
        out.add_tensor(f"blk.0.{name}.weight", np.zeros((WIDTH, WIDTH), np.float32))
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()
    return path
