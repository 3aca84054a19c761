"""LitServe as its docs advise: decode, batch, predict, unbatch, encode; batching on, with the batch size and wait of its guide."""

import sys

import litserve
from models import Cnn, Digits, load_model


class Api(litserve.LitAPI):
    def setup(self, device):
        self.model = load_model()

    def decode_request(self, request):
        if isinstance(self.model, Digits):
            return [self.model.prepare_image(request["content"].file.read())]
        if isinstance(self.model, Cnn):
            return [self.decode_picture(request)]
        return request["rows"]

    def decode_picture(self, request):
        if "image" in request:
            return self.model.prepare_numbers(request["image"])
        content = request["content"]
        read = self.model.prepare_image if content.content_type == "image/jpeg" else self.model.prepare_bytes
        return read(content.file.read())

    def batch(self, inputs):
        return inputs

    def predict(self, batch):
        """Items of all requests as one batch, and each request's share of the answers."""
        answers = iter(self.model.run([item for items in batch for item in items]))
        return [[next(answers) for _ in items] for items in batch]

    def unbatch(self, output):
        return output

    def encode_response(self, output):
        return {"predictions": output}


if __name__ == "__main__":
    server = litserve.LitServer(Api(max_batch_size=8, batch_timeout=0.005), accelerator="cpu", workers_per_device=1)
    server.run(port=int(sys.argv[1]), host="127.0.0.1", log_level="warning", generate_client_file=False, access_log=False)
