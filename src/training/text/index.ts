export { readHeldOut, readPhrases, withVectors } from './phrases';
export { areaUnderRoc, f1Of, type Judged, macroF1 } from './scores';
export { type LabelledPhrase, type TrainClassifierOptions, trainClassifier } from './train-classifier';
export { crossValidated, specFor, type TrainedText, trainKind, type VectorSpace } from './train-kind';
