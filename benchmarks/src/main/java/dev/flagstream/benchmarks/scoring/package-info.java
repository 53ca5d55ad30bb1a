/** What scoring a transaction costs: our walker beside h2o-genmodel and ONNX Runtime. */
package dev.flagstream.benchmarks.scoring;
