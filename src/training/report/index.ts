export { reportPage } from './page';
export type { RunDetails } from './run-details';
export { prepareReportFolder, writeReport } from './write-report';
