export { reportPage } from './page';
export type { RunDetails } from './run-details';
export { prepareReportFolder, writeDialogReport, writeReport } from './write-report';
