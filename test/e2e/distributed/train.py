"""Trains on a shard of the data for each process; a twin of the model without a word between the processes shows what that changes."""

import hashlib
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

STEPS, PAUSE = int(os.environ["PARAM_STEPS"]), float(os.environ["PARAM_PAUSE"])


def digest(model):
    total = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        total.update(name.encode())
        total.update(bytes(tensor.contiguous().untyped_storage()))
    return total.hexdigest()


dist.init_process_group("gloo")
rank, world = dist.get_rank(), dist.get_world_size()
checkpoint = Path(os.environ["CHECKPOINT_DIR"], f"step-{rank}")


def stop(*_):
    checkpoint.write_text(str(step))
    sys.exit(0)


signal.signal(signal.SIGTERM, stop)
torch.manual_seed(1)
inputs = torch.randn(64 * world, 8)[rank::world]
targets = inputs.sum(dim=1, keepdim=True) + 0.1 * torch.randn(64, 1)
models = {"together": nn.Linear(8, 1), "alone": nn.Linear(8, 1)}
models["alone"].load_state_dict(models["together"].state_dict())
trained = {"together": DistributedDataParallel(models["together"]), "alone": models["alone"]}
optimizers = {name: torch.optim.SGD(model.parameters(), lr=0.05) for name, model in models.items()}

for step in range(STEPS):
    for name, model in trained.items():
        optimizers[name].zero_grad()
        nn.functional.mse_loss(model(inputs), targets).backward()
        optimizers[name].step()
    if step == 1:
        Path("runs", f"began-{rank}").touch()
    time.sleep(PAUSE)

result = {
    "rank": rank,
    "world": world,
    "node": int(os.environ["NODE_RANK"]),
    "host": socket.gethostname(),
    "threads": os.environ.get("OMP_NUM_THREADS"),
    "interface": os.environ.get("GLOO_SOCKET_IFNAME"),
    "resumed": os.environ.get("RESUME"),
    "found": int(checkpoint.read_text()) if checkpoint.exists() else None,
    **{name: digest(model) for name, model in models.items()},
}
Path("runs", f"rank-{rank}.json").write_text(json.dumps(result))
if rank == 0:
    torch.save(models["together"].state_dict(), Path(os.environ["MODEL_DIR"], "weights.pt"))
dist.barrier()
dist.destroy_process_group()
