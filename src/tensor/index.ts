export { type Backend, type Tensor, type TensorFlow, tensorflow } from './backend';
export { type IsolatedLimits, type IsolatedOptions, IsolatedWorker } from './isolated';
export { matrixProduct } from './matrix-product';
export {
  loadWeights,
  saveWeights,
  type WeightArray,
  type WeightNotes,
  type Weights,
  weightsFromBytes,
  weightsToBytes,
} from './weights';
