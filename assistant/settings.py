"""Every setting, one place. Environment variables begin with PILCROW_."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from index_store.errors import BadSetting


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """How candidates are found and ranked; defaults were chosen by benchmarks/retrieval.py."""

    keywords: bool = True
    vectors: bool = True
    candidates: int = 50
    """Paragraphs fetched from each index."""
    keyword_weight: float = 0.35
    """Weight of the BM25 score in the fusion; the vectors' score has the rest."""
    late_interaction: int = 50
    """How many of the fused candidates are compared word by word with the question; 0: none."""
    rerank: int = 15
    """How many of the candidates so ranked the cross-encoder reads; 0: no reranking."""
    inference: int = 8
    """How many of the best are read by the model of inference, which tells whether they answer; 0: none."""


@dataclass(frozen=True, slots=True)
class LanguageModelSettings:
    """A server that speaks the OpenAI protocol; without a url answers are quoted."""

    url: str | None = None
    """Its base address, as far as `/v1`."""
    model: str = "default"
    key: str | None = None
    timeout: float = 60.0
    """Seconds for a whole answer."""
    context_window: int = 4096


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; `from_environment` reads them."""

    home: Path
    """The folder of the library."""
    chroma_url: str | None = None
    retrieval: RetrievalSettings = RetrievalSettings()
    language_model: LanguageModelSettings = LanguageModelSettings()
    max_sentences: int = 5
    max_question: int = 4000
    """Characters; a longer question is refused."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read PILCROW_HOME, PILCROW_CHROMA_URL and PILCROW_LLM_URL, _MODEL, _KEY, _TIMEOUT, _CONTEXT.

        Raises BadSetting where a value can't be used.
        """
        home = environ.get("PILCROW_HOME") or platformdirs.user_data_dir("pilcrow", appauthor=False)
        defaults = LanguageModelSettings()
        model = LanguageModelSettings(
            url=environ.get("PILCROW_LLM_URL") or None,
            model=environ.get("PILCROW_LLM_MODEL") or defaults.model,
            key=environ.get("PILCROW_LLM_KEY") or None,
            timeout=_positive(environ, "PILCROW_LLM_TIMEOUT", defaults.timeout),
            context_window=int(_positive(environ, "PILCROW_LLM_CONTEXT", defaults.context_window)),
        )
        chroma_url = environ.get("PILCROW_CHROMA_URL") or None
        for name, url in (("PILCROW_CHROMA_URL", chroma_url), ("PILCROW_LLM_URL", model.url)):
            if url and not url.startswith(("http://", "https://")):
                raise BadSetting(f"{name} must begin with http:// or https://, not {url!r}")
        return cls(home=Path(home).expanduser(), chroma_url=chroma_url, language_model=model)


def _positive(environ: Mapping[str, str], name: str, default: float) -> float:
    text = environ.get(name)
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e9:
        raise BadSetting(f"{name} must be a number above 0, not {text!r}")
    return value
