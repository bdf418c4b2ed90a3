"""Writes the trained network as ONNX with int8 weights, in the folder layout that transformers.js loads."""

import argparse
import json
from pathlib import Path

import numpy
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import tokens
from network import TextEncoder
from train import LONGEST

OPSET = 13


def int8(weights, axis):
    """Symmetric int8 along an axis: (values, scales)."""
    scales = numpy.abs(weights).max(axis=1 - axis, keepdims=True) / 127
    scales = numpy.maximum(scales, 1e-12).astype(numpy.float32)
    return numpy.clip(numpy.rint(weights / scales), -127, 127).astype(numpy.int8), scales


def shrink(model):
    """Replaces the table of subwords and every matrix by int8 values with scales; the sums stay in float."""
    graph = model.graph
    weights = {w.name: numpy_helper.to_array(w) for w in graph.initializer}
    nodes, dropped = [], set()
    for node in graph.node:
        name = next((n for n in node.input if n in weights), None)
        if node.op_type == "Gather" and name == node.input[0] and weights[name].shape[0] > 1000:
            values, scales = int8(weights[name], 0)
            graph.initializer.extend([numpy_helper.from_array(values, "table_int8"), numpy_helper.from_array(scales, "table_scales")])
            nodes += [
                helper.make_node("Gather", ["table_int8", node.input[1]], ["rows_int8"], axis=0),
                helper.make_node("Cast", ["rows_int8"], ["rows"], to=TensorProto.FLOAT),
                helper.make_node("Gather", ["table_scales", node.input[1]], ["row_scales"], axis=0),
                helper.make_node("Mul", ["rows", "row_scales"], list(node.output)),
            ]
            dropped.add(name)
            continue
        if node.op_type in ("MatMul", "Gemm") and len(node.input) > 1 and node.input[1] in weights and weights[node.input[1]].size > 4096:
            name = node.input[1]
            transposed = any(a.name == "transB" and a.i for a in node.attribute)
            axis = 0 if transposed else 1
            values, scales = int8(weights[name], axis)
            zero = numpy.zeros(scales.size, numpy.int8)
            parts = (f"{name}_int8", values), (f"{name}_scales", scales.reshape(-1)), (f"{name}_zero", zero)
            graph.initializer.extend(numpy_helper.from_array(v, n) for n, v in parts)
            nodes.append(helper.make_node("DequantizeLinear", [n for n, _ in parts], [f"{name}_float"], axis=axis))
            node.input[1] = f"{name}_float"
            dropped.add(name)
        nodes.append(node)
    kept = [w for w in graph.initializer if w.name not in dropped]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
    onnx.checker.check_model(model)
    return model


def write(folder: Path, target: Path):
    processor = tokens.load(folder)
    network = TextEncoder(processor.get_piece_size())
    network.load_state_dict(torch.load(folder / "checkpoint.pt")["model"])
    network.eval()
    (target / "onnx").mkdir(parents=True, exist_ok=True)
    file = target / "onnx" / "model_quantized.onnx"
    example = (torch.ones(2, 7, dtype=torch.int64), torch.ones(2, 7, dtype=torch.int64))
    axes = {"input_ids": {0: "batch", 1: "tokens"}, "attention_mask": {0: "batch", 1: "tokens"}, "sentence_embedding": {0: "batch"}}
    names = dict(input_names=["input_ids", "attention_mask"], output_names=["sentence_embedding"], dynamic_axes=axes)
    torch.onnx.export(network, example, str(file), opset_version=OPSET, **names)
    onnx.save(shrink(onnx.load(str(file))), str(file))
    tokens.write_json(processor, target / "tokenizer.json")
    config = {"model_type": "bert", "architectures": ["BertModel"], "hidden_size": 256, "vocab_size": processor.get_piece_size()}
    (target / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "unk_token": "<unk>", "pad_token": "<pad>", "model_max_length": LONGEST}
    (target / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    write(options.folder, options.target)
