"""Runtimes of MLServer for models that its own packages do not serve here: each loads a file and answers in tensors."""
from __future__ import annotations

from typing import Any, Dict

import numpy
from mlserver import MLModel, types
from mlserver.codecs import NumpyCodec, NumpyRequestCodec
from mlserver.errors import InferenceError
from mlserver.utils import get_model_uri


class XGBoostModel(MLModel):
    """A booster as XGBoost saves it. MLServer's own runtime would bring the build for GPUs in its train, over any other."""

    async def load(self) -> bool:
        import xgboost
        self.booster = xgboost.Booster(model_file=await get_model_uri(self.settings))
        return True

    async def predict(self, payload: types.InferenceRequest) -> types.InferenceResponse:
        import xgboost
        rows = self.decode_request(payload, default_codec=NumpyRequestCodec)
        names = self.booster.feature_names
        answer = self.booster.predict(xgboost.DMatrix(rows, feature_names=names))
        return types.InferenceResponse(model_name=self.name, model_version=self.version, outputs=[NumpyCodec.encode_output('predict', answer)])


class TorchModel(MLModel):
    """A module of TorchScript, or a program of torch.export. The inputs of a request are its arguments, in their order."""

    async def load(self) -> bool:
        import torch
        path = await get_model_uri(self.settings)
        self.device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
        if path.endswith('.pt2'):
            self.module = torch.export.load(path).module().to(self.device)
            return True
        try:
            self.module = torch.jit.load(path, map_location=self.device).eval()
        except RuntimeError as error:
            raise InferenceError(f'{path} is no module of TorchScript: save one by torch.jit.script(model).save(path), or a program by torch.export.save ({error})') from None
        return True

    async def predict(self, payload: types.InferenceRequest) -> types.InferenceResponse:
        import torch
        tensors = [torch.from_numpy(numpy.array(NumpyCodec.decode_input(each))).to(self.device) for each in payload.inputs]
        with torch.inference_mode():
            try:
                answer = self.module(*tensors)
            except (RuntimeError, TypeError, AssertionError) as error:
                raise InferenceError(f'the model cannot take these inputs: {error}') from None
        outputs = [NumpyCodec.encode_output(name, value.cpu().numpy()) for name, value in name_outputs(answer).items()]
        return types.InferenceResponse(model_name=self.name, model_version=self.version, outputs=outputs)


def name_outputs(answer: Any) -> Dict[str, Any]:
    """A tensor is `output`; of several, those of a dict have their names, and others are counted."""
    if isinstance(answer, dict):
        return answer
    if isinstance(answer, (list, tuple)):
        return {f'output-{index}': value for index, value in enumerate(answer)}
    return {'output': answer}
